// Takes the lock on a record before anything is compared, and answers what it holds now.
// mode: write
// scope: open (the service has checked the role)
// params: id STRING
MATCH (n:Record {id: $id})
SET n._lock = randomUUID()
REMOVE n._lock
RETURN labels(n) AS labels, properties(n) AS props
