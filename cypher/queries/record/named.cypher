// Names of records that people call by name, for saying what is near a name that nobody bears. Those
// of informants, and of a synthetic source in a real programme, are left out.
// mode: read
// scope: projects
// params: labels LIST?, programme ID?
MATCH (n:Record)
WHERE n.retired_at IS NULL
  AND (n:Programme OR n:Project OR n:Stakeholder OR n:Factor OR n:Configuration OR n:Theme
       OR n:ProgrammeTheory OR n:Source)
  AND ($labels IS NULL OR any(l IN labels(n) WHERE l IN $labels))
WITH n, coalesce(n.name, n.label, n.title, n.nickname, n.pseudonym) AS name
WHERE name IS NOT NULL
MATCH (n)-[:COLLECTED_IN|BELONGS_TO|WITHIN|IN|PART_OF*0..4]->(g:Programme)
WHERE g.id IN $visible_projects AND ($programme IS NULL OR g.id = $programme)
  AND NOT (n:Source AND coalesce(n.synthetic, false) AND NOT coalesce(g.synthetic, false))
OPTIONAL MATCH (n)-[:COLLECTED_IN|WITHIN|IN*0..2]->(p:Project)
WITH n, name, g, collect(DISTINCT p.id) AS places
WHERE size(places) = 0 OR any(p IN places WHERE p IN $visible_projects)
RETURN DISTINCT name, n.code AS code, g.name AS programme
ORDER BY name, programme, code
LIMIT 5000
