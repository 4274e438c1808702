// What a record holds.
// mode: read
// scope: open (the service compares the record's places with what the actor may see)
// params: ids LIST
UNWIND $ids AS id
MATCH (n:Record {id: id})
RETURN labels(n) AS labels, properties(n) AS props
