// What was coded on some theories of a programme, as one column codings: [id, theory, stance, claim,
// whether it counts, concerns, source, its kind, its coverage, [[informant, role group]], passage,
// whether it bears on the theory itself]. A theory is also heard through configurations that test it
// and their links. What is expected only, and what was carried and waits, is there and does not count.
// In no order.
// mode: read
// scope: projects
// params: programme_id ID, theory_ids IDS
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
UNWIND $theory_ids AS theory_id
MATCH (n:Record {id: theory_id})-[:BELONGS_TO]->(g)
WHERE n.retired_at IS NULL AND n:ProgrammeTheory
OPTIONAL MATCH (n)<-[:TESTS]-(c:Configuration)
WHERE c.retired_at IS NULL
WITH g, n, [n] + collect(c) AS held
UNWIND held AS m
OPTIONAL MATCH (m)-[:HAS_LINK]->(l:CmoLink)
WHERE l.retired_at IS NULL
WITH g, n, m, collect(l) AS links
UNWIND [m] + links AS thing
MATCH (thing)<-[:BEARS_ON]-(k:Coding)-[:CONCERNS]->(there:Record)
WHERE k.retired_at IS NULL AND there.id IN $visible_projects
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
