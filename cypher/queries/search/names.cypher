// What records are called and said to be, as columns: id, kind, code, names (the first is what it is
// called), wave, place, programme. Informants are left out, and so are synthetic sources, and findings
// that rest on them, in a real programme.
// mode: read
// scope: projects
// params: programme_id ID?
MATCH (n:Record)
WHERE n.retired_at IS NULL
  AND (n:Project OR n:Stakeholder OR n:Factor OR n:Configuration OR n:Theme OR n:ProgrammeTheory
       OR n:Source OR n:Event OR n:Finding)
MATCH (n)-[:COLLECTED_IN|BELONGS_TO|AFFECTS|IN|PART_OF*1..4]->(g:Programme)
WHERE g.id IN $visible_projects AND ($programme_id IS NULL OR g.id = $programme_id)
OPTIONAL MATCH (n)-[:COLLECTED_IN|AFFECTS|IN]->(p:Project)
WITH n, g, collect(DISTINCT p) AS within
WITH n, g, CASE WHEN n:Project THEN [n] ELSE within END AS within
WHERE size(within) = 0 OR any(p IN within WHERE p.id IN $visible_projects)
WITH n, g, [p IN within WHERE p.id IN $visible_projects] AS within
WHERE (NOT n:Source OR NOT coalesce(n.synthetic, false) OR coalesce(g.synthetic, false))
  AND (NOT n:Finding OR NOT EXISTS { MATCH (n)-[:RESTS_ON]->(:Coding) }
       OR EXISTS {
         MATCH (n)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
         WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
           AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
           AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
       })
WITH DISTINCT n, g, within
RETURN collect([
         n.id,
         [l IN labels(n) WHERE l IN ['Project', 'Stakeholder', 'Factor', 'Configuration', 'Theme',
                                     'ProgrammeTheory', 'Source', 'Event', 'Finding']][0],
         n.code,
         [v IN [n.name, n.label, n.nickname, n.title, n.statement, n.sentence, n.because]
          + coalesce(n.aliases, []) WHERE v IS NOT NULL],
         CASE WHEN n:Source OR n:Finding THEN n.wave END,
         [p IN within | p.id], [p IN within | p.name], g.id, g.name
       ]) AS rows
