// How many codings count on each of these records now; on a configuration also those on its links.
// mode: read
// scope: open (the service asks it for records that the actor may see)
// params: ids LIST
UNWIND $ids AS id
MATCH (t:Record {id: id})
OPTIONAL MATCH (t)-[:HAS_LINK]->(l:CmoLink)
WHERE l.retired_at IS NULL
WITH id, [id] + collect(l.id) AS bearing
MATCH (b:Record)<-[:BEARS_ON]-(k:Coding:Counted)
WHERE b.id IN bearing
RETURN id, count(DISTINCT k) AS counted
ORDER BY id
