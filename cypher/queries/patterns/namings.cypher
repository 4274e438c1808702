// Which factors projects name as enabling or as obstacles, and where: one row a settled assessment
// with a valence, with its passages, of one section of the sources and of some projects if those are
// given. A project counts for what is named of its sub-cases (`place`). Passages that were withdrawn
// or retired, or are synthetic in a real programme, name nothing.
// mode: read
// scope: projects
// params: programme_id ID, section STRING?, project_ids IDS?
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
MATCH (top:Project)-[:PART_OF]->(g)
WHERE top.retired_at IS NULL AND ($project_ids IS NULL OR top.id IN $project_ids)
MATCH (p:Project)-[:PART_OF*0..2]->(top)
WHERE p.id IN $visible_projects AND p.retired_at IS NULL
MATCH (a:Assessment)-[:IN_PROJECT]->(p)
WHERE a.settled AND a.retired_at IS NULL AND a.valence IN ['enables', 'hinders']
MATCH (a)-[:OF_FACTOR]->(f:Factor)
WHERE f.retired_at IS NULL
MATCH (a)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
MATCH (s)-[:COLLECTED_IN]->(here:Record)
MATCH (k)-[:CONCERNS]->(there:Record)
WHERE ($section IS NULL OR x.section = $section)
  AND k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
  AND here.id IN $visible_projects AND there.id IN $visible_projects
  AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
WITH top, p, a, f, s, x, k ORDER BY s.code, x.start, x.locator, k.id
RETURN a.id AS id, a.valence AS valence, a.value AS value, a.wave AS wave, top.id AS project_id,
       top.code AS project_code, top.name AS project, p.name AS place, f.id AS factor_id,
       f.code AS factor_code, f.label AS factor,
       collect(DISTINCT coalesce(x.locator, s.code)) AS locators,
       collect(DISTINCT k.id) AS codings
ORDER BY toInteger(substring(project_code, 2)), toInteger(substring(factor_code, 2)), id
