// What was coded on themes and factors for some places of a programme, as one column codings: [id,
// theme or factor, stance, claim, whether it counts, concerns, source, its kind, its coverage,
// [[informant, role group]], passage, whether it bears on the theme or factor itself]. A merged factor
// is heard in the one that is kept. What is expected only, and what was carried and waits, is there and
// does not count. In no order.
// mode: read
// scope: projects
// params: programme_id ID, place_ids IDS, target_ids IDS?
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
UNWIND $place_ids AS place_id
MATCH (there:Record {id: place_id})
WHERE there.id IN $visible_projects AND EXISTS { MATCH (there)-[:PART_OF*0..3]->(g) }
MATCH (there)<-[:CONCERNS]-(k:Coding)-[:BEARS_ON]->(thing:Record)
WHERE k.retired_at IS NULL AND thing.retired_at IS NULL AND (thing:Theme OR thing:Factor)
OPTIONAL MATCH (thing)-[r:SAME_AS]->(kept:Factor)
WHERE r.undone_at IS NULL AND kept.retired_at IS NULL
WITH g, there, k, thing, coalesce(kept, thing) AS n
WHERE $target_ids IS NULL OR n.id IN $target_ids
MATCH (k)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(here:Record)
WHERE x.retired_at IS NULL AND s.retired_at IS NULL AND here.id IN $visible_projects
  AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
RETURN collect([k.id, n.id, k.stance, k.claim, 'Counted' IN labels(k), there.id, s.id, s.kind,
                s.coverage,
                [(x)-[:SPOKEN_BY]->(i:Informant)
                 | [i.id, CASE WHEN here.id IN $quoted_projects
                                 OR $small_groups[i.role_group] IS NULL THEN i.role_group END]],
                x.id, thing.id = n.id]) AS codings
