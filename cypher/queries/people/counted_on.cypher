// How many codings count on each of these records now.
// mode: read
// scope: open (the service asks it for records that the actor may see)
// params: ids LIST
UNWIND $ids AS id
MATCH (t:Record {id: id})<-[:BEARS_ON]-(k:Coding:Counted)
RETURN id, count(k) AS counted
ORDER BY id
