// The factors that stand for this one now.
// mode: read
// scope: open (the service points them elsewhere when the factor is merged itself)
// params: id STRING
MATCH (a:Factor)-[r:SAME_AS]->(:Factor {id: $id})
WHERE r.undone_at IS NULL
RETURN a.id AS id
ORDER BY id
