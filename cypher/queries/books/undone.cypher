// The change that took this one back, if there is one.
// mode: read
// scope: open (one's own changes)
// params: id STRING
MATCH (d:Change {undoes: $id})
RETURN d.id AS id
LIMIT 1
