// The projects of programmes and their sub-cases (a sub-case names its project as `part_of`), with
// how many sub-cases each has.
// mode: read
// scope: projects
// params: programme_id ID?
MATCH (p:Project)-[:PART_OF*1..3]->(g:Programme)
WHERE p.id IN $visible_projects AND p.retired_at IS NULL AND g.retired_at IS NULL
  AND ($programme_id IS NULL OR g.id = $programme_id)
MATCH (p)-[:PART_OF]->(up:Record)
OPTIONAL MATCH (q:Project)-[:PART_OF]->(p)
WHERE q.retired_at IS NULL AND q.id IN $visible_projects
WITH p, g, up, count(q) AS sub_cases
RETURN p.id AS id, p.code AS code, p.name AS name, p.kind AS kind, p.aim AS aim, p.area AS area,
       p.partnership_model AS partnership_model, p.began_text AS began, p.ended_text AS ended,
       CASE WHEN up.id = g.id THEN null ELSE up.id END AS part_of_id,
       CASE WHEN up.id = g.id THEN null ELSE up.name END AS part_of,
       sub_cases, g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(code, 2))
