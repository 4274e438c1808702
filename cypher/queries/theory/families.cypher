// Concept families: which factor is a kind of which, and whether the source says so or we do.
// mode: read
// scope: projects
// params: programme_id ID?, broader_id ID?
MATCH (f:Factor)-[r:IS_KIND_OF]->(b:Factor)-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects AND f.retired_at IS NULL AND b.retired_at IS NULL
  AND g.retired_at IS NULL AND ($programme_id IS NULL OR g.id = $programme_id)
  AND ($broader_id IS NULL OR b.id = $broader_id)
RETURN b.id AS broader_id, b.code AS broader_code, b.label AS broader, b.origin AS broader_origin,
       f.id AS narrower_id, f.code AS narrower_code, f.label AS narrower, r.origin AS origin,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(broader_code, 2)), toInteger(substring(narrower_code, 2))
