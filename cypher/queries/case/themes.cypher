// The themes under which projects are compared, by where they come from and in their order.
// mode: read
// scope: projects
// params: programme_id ID?, scheme STRING?
MATCH (t:Theme)-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects AND t.retired_at IS NULL AND g.retired_at IS NULL
  AND ($programme_id IS NULL OR g.id = $programme_id) AND ($scheme IS NULL OR t.scheme = $scheme)
RETURN t.id AS id, t.name AS name, t.scheme AS scheme, t.position AS position,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, scheme, position, name, id
