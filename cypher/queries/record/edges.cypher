// What records refer to: their relationships, and for a link the configuration that it hangs on.
// mode: read
// scope: open (the service compares the records' places with what the actor may see)
// params: ids LIST
UNWIND $ids AS id
MATCH (n:Record {id: id})
MATCH (n)-[r]->(m:Record)
RETURN n.id AS id, type(r) AS type, true AS outgoing, m.id AS other, labels(m) AS labels,
       properties(r) AS carries
UNION ALL
UNWIND $ids AS id
MATCH (n:Record {id: id})
MATCH (n)<-[r:HAS_LINK]-(m:Record)
RETURN n.id AS id, type(r) AS type, false AS outgoing, m.id AS other, labels(m) AS labels,
       properties(r) AS carries
