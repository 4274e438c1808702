// The settled assessments of some factors in some projects and sub-cases, with the codings that each
// rests on as in matrix/summaries; a merged factor stands under the one that is kept. One whose
// passages are all withdrawn, retired, or synthetic in a real programme is left out.
// mode: read
// scope: projects
// params: programme_id ID, place_ids IDS, factor_ids IDS?
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
UNWIND $place_ids AS place_id
MATCH (p:Record {id: place_id})
WHERE p:Project AND p.id IN $visible_projects AND p.retired_at IS NULL
  AND EXISTS { MATCH (p)-[:PART_OF*1..3]->(g) }
MATCH (p)<-[:IN_PROJECT]-(a:Assessment)-[:OF_FACTOR]->(thing:Factor)
WHERE a.settled AND a.retired_at IS NULL AND thing.retired_at IS NULL
OPTIONAL MATCH (thing)-[r:SAME_AS]->(kept:Factor)
WHERE r.undone_at IS NULL AND kept.retired_at IS NULL
WITH g, p, a, coalesce(kept, thing) AS n
WHERE ($factor_ids IS NULL OR n.id IN $factor_ids)
  AND (a.basis = 'judgement' OR EXISTS {
    MATCH (a)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
    WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
      AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
      AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  })
RETURN n.id AS row_id, a.id AS id, a.value AS value, a.valence AS valence, a.wave AS wave,
       a.origin AS origin, p.id AS place_id,
       COLLECT {
         MATCH (a)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
         MATCH (s)-[:COLLECTED_IN]->(here:Record)
         MATCH (k)-[:CONCERNS]->(there:Record)
         WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
           AND here.id IN $visible_projects AND there.id IN $visible_projects
           AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
           AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
         RETURN [k.id, k.stance, k.claim, 'Counted' IN labels(k), there.id, s.id, s.kind, s.coverage,
                 [(x)-[:SPOKEN_BY]->(i:Informant)
                  | [i.id, CASE WHEN here.id IN $quoted_projects
                                  OR $small_groups[i.role_group] IS NULL THEN i.role_group END]], x.id]
         ORDER BY k.id
       } AS heard
ORDER BY row_id, place_id, id
