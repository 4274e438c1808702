// The relationships that these records have to others, with what they carry.
// mode: read
// scope: open (the service lets only the data steward of every programme make a backup)
// params: ids LIST
UNWIND $ids AS id
MATCH (n:Record {id: id})-[r]->(m:Record)
RETURN id, type(r) AS type, m.id AS other, properties(r) AS carries
