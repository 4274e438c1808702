// Whether factors were there in projects and which way they worked, with the passages each rests on.
// A pair of factor and project without a row was not assessed: nothing was said. One whose passages
// are all withdrawn, retired, or synthetic in a real programme is left out.
// mode: read
// scope: projects
// params: programme_id ID?, project_id ID?, factor_id ID?, settled BOOLEAN?
MATCH (a:Assessment)-[:IN_PROJECT]->(p:Project)
WHERE p.id IN $visible_projects AND a.retired_at IS NULL AND p.retired_at IS NULL
  AND ($project_id IS NULL OR p.id = $project_id)
  AND ($settled IS NULL OR coalesce(a.settled, false) = $settled)
MATCH (a)-[:OF_FACTOR]->(f:Factor)
WHERE $factor_id IS NULL OR f.id = $factor_id
MATCH (p)-[:PART_OF*1..3]->(g:Programme)
WHERE ($programme_id IS NULL OR g.id = $programme_id)
  AND (a.basis = 'judgement' OR EXISTS {
    MATCH (a)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
    WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
      AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
      AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  })
RETURN a.id AS id, f.id AS factor_id, f.code AS factor_code, f.label AS factor,
       p.id AS project_id, p.code AS project_code, p.name AS project, a.value AS value,
       a.valence AS valence, a.activation AS activation, a.degree AS degree, a.wave AS wave,
       a.basis AS basis, a.why AS why, coalesce(a.settled, false) AS settled, a.origin AS origin,
       COLLECT { MATCH (a)-[:JUDGED_BY]->(u:User) RETURN u.display_name }[0] AS judged_by,
       COLLECT {
         MATCH (a)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
         MATCH (s)-[:COLLECTED_IN]->(here:Record)
         MATCH (k)-[:CONCERNS]->(there:Record)
         WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
           AND here.id IN $visible_projects AND there.id IN $visible_projects
           AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
           AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
         RETURN {coding_id: k.id, excerpt_id: x.id, source: s.code, coverage: s.coverage,
                 section: x.section, locator: x.locator}
         ORDER BY s.code, x.start, x.locator, k.id
       } AS passages,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(factor_code, 2)), toInteger(substring(project_code, 2)),
         wave, id
