// The next records in the order of their ids, with how long their longest text is.
// mode: read
// scope: open (the service lets only the data steward of every programme make a backup)
// params: after STRING, limit INTEGER
MATCH (n:Record)
WHERE n.id > $after
WITH n ORDER BY n.id LIMIT $limit
RETURN n.id AS id, size(coalesce(n.text, '')) AS size
