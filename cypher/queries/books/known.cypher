// Whether a change was written already: a write whose answer got lost is not made twice.
// mode: read
// scope: open (asks only for the change's existence)
// params: id STRING
MATCH (c:Change {id: $id})
RETURN c.id AS id
