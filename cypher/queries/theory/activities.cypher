// Mechanisms of which nobody's reasoning is known and that stand in a configuration all the same:
// activities, in order of their codes.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (f:Mechanism)-[:BELONGS_TO]->(g:Programme)
WHERE g.id = $programme_id AND g.id IN $visible_projects AND g.retired_at IS NULL
  AND f.retired_at IS NULL AND f.reasoning_known = false
  AND EXISTS { MATCH (f)<-[:FIRES]-(c:Configuration) WHERE c.retired_at IS NULL }
RETURN f.id AS id, f.code AS code, f.label AS label
ORDER BY toInteger(substring(code, 2)), id
