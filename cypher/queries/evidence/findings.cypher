// What was found in projects and programmes, what each finding is about, and the passages that it
// rests on. One whose passages are all withdrawn, retired, or synthetic in a real programme is left
// out.
// mode: read
// scope: projects
// params: programme_id ID?, within_id ID?, topic STRING?, theme_id ID?
MATCH (f:Finding)-[:IN]->(p:Record)
WHERE p.id IN $visible_projects AND f.retired_at IS NULL AND p.retired_at IS NULL
  AND ($within_id IS NULL OR p.id = $within_id) AND ($topic IS NULL OR f.topic = $topic)
  AND ($theme_id IS NULL OR EXISTS { MATCH (f)-[:ABOUT]->(t:Theme) WHERE t.id = $theme_id })
MATCH (p)-[:PART_OF*0..3]->(g:Programme)
WHERE ($programme_id IS NULL OR g.id = $programme_id)
  AND (NOT EXISTS { MATCH (f)-[:RESTS_ON]->(:Coding) }
       OR EXISTS {
    MATCH (f)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
    WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
      AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
      AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  })
RETURN f.id AS id, f.code AS code, f.statement AS statement, f.topic AS topic,
       f.direction AS direction, f.wave AS wave,
       CASE WHEN p.id IN $quoted_projects OR $small_groups[f.role_group] IS NULL THEN f.role_group
       END AS role_group, f.origin AS origin,
       p.id AS within_id, p.name AS within,
       COLLECT {
         MATCH (f)-[r:ABOUT]->(t:Record)
         WHERE t.retired_at IS NULL
         RETURN {id: t.id, code: t.code, name: coalesce(t.name, t.label, t.statement),
                 origin: r.origin}
         ORDER BY t.position, t.code
       } AS about,
       COLLECT {
         MATCH (f)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
         MATCH (s)-[:COLLECTED_IN]->(here:Record)
         MATCH (k)-[:CONCERNS]->(there:Record)
         WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
           AND here.id IN $visible_projects AND there.id IN $visible_projects
           AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
           AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
         RETURN {coding_id: k.id, excerpt_id: x.id, source: s.code, section: x.section,
                 locator: x.locator}
         ORDER BY s.code, x.start, x.locator, k.id
       } AS passages,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(code, 2))
