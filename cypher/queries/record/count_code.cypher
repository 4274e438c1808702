// Remembers the last number given to a kind of record in a locked programme.
// mode: write
// scope: open (the service has locked the programme)
// params: id STRING, last MAP
MATCH (n:Programme {id: $id})
SET n += $last
RETURN n.id AS id
