// Relations between parties, with the passages that state or deny each. A relation that is not here
// is not recorded, which is not the same as denied. One whose passages are all withdrawn, retired, or
// synthetic in a real programme is left out, and one that is denied by no passage.
// mode: read
// scope: projects
// params: programme_id ID?, within_id ID?, party_id ID?, kind STRING?, state STRING?, after STRING?, limit INTEGER?
MATCH (r:Relation)-[:WITHIN]->(w:Record)
WHERE w.id IN $visible_projects AND r.retired_at IS NULL AND w.retired_at IS NULL
  AND ($within_id IS NULL OR w.id = $within_id)
  AND ($kind IS NULL OR r.kind = $kind) AND ($state IS NULL OR r.state = $state)
  AND ($after IS NULL OR toInteger(substring(r.code, 2)) > toInteger(substring($after, 2)))
MATCH (w)-[:PART_OF*0..3]->(g:Programme)
WHERE $programme_id IS NULL OR g.id = $programme_id
MATCH (r)-[:FROM_PARTY]->(a:Record)
MATCH (r)-[:TO_PARTY]->(b:Record)
WHERE ($party_id IS NULL OR a.id = $party_id OR b.id = $party_id)
  AND ((r.state <> 'denied'
        AND NOT EXISTS { MATCH (r)<-[:BEARS_ON]-(k:Coding) WHERE k.retired_at IS NULL })
       OR EXISTS {
         MATCH (r)<-[:BEARS_ON]-(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
         WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
           AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
           AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
       })
WITH r, w, g, a, b ORDER BY g.name, toInteger(substring(r.code, 2)) LIMIT coalesce($limit, 1000000)
RETURN r.id AS id, r.code AS code, r.kind AS kind, r.state AS state,
       a.id AS from_id, a.code AS from_code, a.name AS from_party,
       [l IN labels(a) WHERE l IN ['Stakeholder', 'Project', 'Programme']][0] AS from_type,
       b.id AS to_id, b.code AS to_code, b.name AS to_party,
       [l IN labels(b) WHERE l IN ['Stakeholder', 'Project', 'Programme']][0] AS to_type,
       w.id AS within_id, w.name AS within, r.for_what AS for_what, r.formal AS formal,
       r.quality AS quality, r.wave AS wave, r.origin AS origin, r.began_text AS began,
       r.ended_text AS ended,
       COLLECT {
         MATCH (r)<-[:BEARS_ON]-(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
         MATCH (s)-[:COLLECTED_IN]->(here:Record)
         MATCH (k)-[:CONCERNS]->(there:Record)
         WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
           AND here.id IN $visible_projects AND there.id IN $visible_projects
           AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
         RETURN {coding_id: k.id, stance: k.stance, excerpt_id: x.id, source: s.code,
                 section: x.section, locator: x.locator}
         ORDER BY s.code, x.start, x.locator, k.id
       } AS passages,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(code, 2))
