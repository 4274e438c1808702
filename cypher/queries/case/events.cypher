// What happened to programmes and projects, undated events last. A time is as the source gives it.
// mode: read
// scope: projects
// params: programme_id ID?, project_id ID?
MATCH (e:Event)-[:AFFECTS]->(p:Record)
WHERE p.id IN $visible_projects AND e.retired_at IS NULL AND p.retired_at IS NULL
  AND ($project_id IS NULL OR p.id = $project_id)
MATCH (p)-[:PART_OF*0..3]->(g:Programme)
WHERE $programme_id IS NULL OR g.id = $programme_id
WITH e, g, p ORDER BY toInteger(substring(coalesce(p.code, 'P-0'), 2))
RETURN e.id AS id, e.title AS title, e.level AS level, e.when_text AS when_text,
       e.earliest AS earliest, e.latest AS latest, collect(DISTINCT {id: p.id, name: p.name}) AS affects,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, coalesce(earliest, '9999'), coalesce(latest, '9999'), title, id
