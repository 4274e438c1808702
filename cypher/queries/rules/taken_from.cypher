// The sources that passages are taken from.
// mode: read
// scope: open (a rule of the write path asks it)
// params: ids LIST
UNWIND $ids AS id
MATCH (x:Record {id: id})-[:TAKEN_FROM]->(s:Source)
WHERE x:Excerpt
RETURN x.id AS id, s.id AS source
