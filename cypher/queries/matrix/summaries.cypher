// The summary sentences of a framework matrix: findings in some places about themes, factors or
// theories, with the codings that each rests on, as heard: [id, stance, claim, whether it counts,
// concerns, source, its kind, its coverage, [[informant, role group]], passage]. What was recorded for
// the grid is one, and a result; under a theme that a document brings only what was recorded for the
// grid. One whose passages are all withdrawn, retired, or synthetic in a real programme is left out.
// mode: read
// scope: projects
// params: programme_id ID, place_ids IDS, target_ids IDS?
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
UNWIND $place_ids AS place_id
MATCH (p:Record {id: place_id})
WHERE p.id IN $visible_projects AND p.retired_at IS NULL
  AND EXISTS { MATCH (p)-[:PART_OF*0..3]->(g) }
MATCH (p)<-[:IN]-(f:Finding)-[:ABOUT]->(thing:Record)
WHERE f.retired_at IS NULL AND thing.retired_at IS NULL
  AND (thing:Theme OR thing:Factor OR thing:ProgrammeTheory)
OPTIONAL MATCH (thing)-[r:SAME_AS]->(kept:Factor)
WHERE r.undone_at IS NULL AND kept.retired_at IS NULL
WITH g, p, f, coalesce(kept, thing) AS n
WHERE ($target_ids IS NULL OR n.id IN $target_ids)
  AND (f.topic = 'grid'
       OR (f.topic = 'result' AND (NOT n:Theme OR coalesce(n.scheme, '') = 'analysis')))
  AND (NOT EXISTS { MATCH (f)-[:RESTS_ON]->(:Coding) }
       OR EXISTS {
    MATCH (f)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
    WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
      AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
      AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  })
WITH DISTINCT g, p, f, n
RETURN n.id AS row_id, f.id AS id, f.code AS code, f.statement AS statement,
       f.direction AS direction, f.wave AS wave, f.topic AS topic,
       CASE WHEN p.id IN $quoted_projects OR $small_groups[f.role_group] IS NULL THEN f.role_group
       END AS role_group, f.origin AS origin, p.id AS within_id, p.name AS within,
       COLLECT {
         MATCH (f)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
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
ORDER BY toInteger(substring(code, 2)), row_id, id
