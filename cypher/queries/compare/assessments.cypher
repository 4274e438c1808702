// The settled assessments of projects and of their sub-cases (`place`), with the passages that each
// rests on; a merged factor stands under the one that is kept, with its own label as `merged_label`.
// One whose passages are all withdrawn, retired, or synthetic in a real programme is left out.
// mode: read
// scope: projects
// params: project_ids IDS
MATCH (top:Project)
WHERE top.id IN $project_ids AND top.id IN $visible_projects AND top.retired_at IS NULL
MATCH (p:Project)-[:PART_OF*0..2]->(top)
WHERE p.id IN $visible_projects AND p.retired_at IS NULL
MATCH (a:Assessment)-[:IN_PROJECT]->(p)
MATCH (top)-[:PART_OF*1..3]->(g:Programme)
WHERE a.settled AND a.retired_at IS NULL
  AND (a.basis = 'judgement' OR EXISTS {
    MATCH (a)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
    WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
      AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
      AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  })
MATCH (a)-[:OF_FACTOR]->(m:Factor)
WHERE m.retired_at IS NULL
OPTIONAL MATCH (m)-[r:SAME_AS]->(kept:Factor)
WHERE r.undone_at IS NULL AND kept.retired_at IS NULL
WITH g, top, p, a, m, coalesce(kept, m) AS f
RETURN f.id AS factor_id, f.code AS factor_code, f.label AS factor,
       [r IN ['Context', 'Mechanism', 'Outcome'] WHERE r IN labels(f)] AS roles,
       CASE WHEN m.id <> f.id THEN m.label END AS merged_label,
       top.id AS project_id, top.code AS project_code, top.name AS project,
       p.id AS place_id, p.name AS place, a.id AS id, a.value AS value, a.valence AS valence,
       a.activation AS activation, a.wave AS wave, a.basis AS basis, a.why AS why,
       a.origin AS origin,
       COLLECT {
         MATCH (a)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
         MATCH (s)-[:COLLECTED_IN]->(here:Record)
         MATCH (k)-[:CONCERNS]->(there:Record)
         WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
           AND here.id IN $visible_projects AND there.id IN $visible_projects
           AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
           AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
         RETURN {coding_id: k.id, excerpt_id: x.id, source_id: s.id, source: s.code,
                 section: x.section, locator: x.locator, coverage: s.coverage}
         ORDER BY s.code, x.start, x.locator, k.id
       } AS passages
ORDER BY toInteger(substring(factor_code, 2)), toInteger(substring(project_code, 2)), place, id
