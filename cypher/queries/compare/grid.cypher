// Findings of projects under their themes: what was found there or in one of its sub-cases
// (`place`), which way it points, and the passages that it rests on. Results count under the themes
// of the analysis; under a theme that a document brings only what was recorded for the grid does. A
// theme without a row for a project is silent there. A finding whose passages are all withdrawn,
// retired, or synthetic in a real programme is left out.
// mode: read
// scope: projects
// params: project_ids IDS
MATCH (top:Project)
WHERE top.id IN $project_ids AND top.id IN $visible_projects AND top.retired_at IS NULL
MATCH (p:Project)-[:PART_OF*0..2]->(top)
WHERE p.id IN $visible_projects AND p.retired_at IS NULL
MATCH (f:Finding)-[:IN]->(p)
MATCH (top)-[:PART_OF*1..3]->(g:Programme)
WHERE f.retired_at IS NULL
  AND (NOT EXISTS { MATCH (f)-[:RESTS_ON]->(:Coding) }
       OR EXISTS {
    MATCH (f)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
    WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
      AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
      AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  })
MATCH (f)-[:ABOUT]->(t:Theme)
WHERE t.retired_at IS NULL
  AND (f.topic = 'grid' OR (f.topic = 'result' AND t.scheme = 'analysis'))
RETURN t.id AS theme_id, t.name AS theme, t.scheme AS scheme, t.position AS position,
       top.id AS project_id, top.code AS project_code, top.name AS project,
       p.id AS place_id, p.name AS place, f.id AS id, f.code AS code, f.statement AS statement,
       f.direction AS direction, f.wave AS wave,
       CASE WHEN p.id IN $quoted_projects OR $small_groups[f.role_group] IS NULL THEN f.role_group
       END AS role_group, f.origin AS origin,
       COLLECT {
         MATCH (f)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
         MATCH (s)-[:COLLECTED_IN]->(here:Record)
         MATCH (k)-[:CONCERNS]->(there:Record)
         WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
           AND here.id IN $visible_projects AND there.id IN $visible_projects
           AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
           AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
         RETURN {coding_id: k.id, excerpt_id: x.id, source_id: s.id, source: s.code,
                 section: x.section, locator: x.locator}
         ORDER BY s.code, x.start, x.locator, k.id
       } AS passages
ORDER BY scheme, position, theme, toInteger(substring(project_code, 2)),
         toInteger(substring(code, 2)), id
