// The counted codings of a programme that bear on anything, and what counts for what, as columns.
// codings (in no order): [id, target, stance, claim, concerns, source, its kind, [[informant, role
// group]]];
// links: [link, its configuration]; tests: [configuration, programme theory that it tests].
// mode: read
// scope: projects
// params: programme_id STRING
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
CALL (g) {
  MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
  WHERE place.id IN $visible_projects AND s.retired_at IS NULL
  MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Counted)-[:BEARS_ON]->(t:Record)
  MATCH (k)-[:CONCERNS]->(p:Record)
  WHERE p.id IN $visible_projects
  RETURN collect([k.id, t.id, k.stance, k.claim, p.id, s.id, s.kind,
                  [(x)-[:SPOKEN_BY]->(i:Informant) | [i.id, i.role_group]]]) AS codings
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.retired_at IS NULL
  MATCH (c)-[:HAS_LINK]->(l:CmoLink)
  WITH c, l ORDER BY l.id
  RETURN collect([l.id, c.id]) AS links
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.retired_at IS NULL
  MATCH (c)-[:TESTS]->(t:ProgrammeTheory)
  WITH c, t ORDER BY c.id, t.id
  RETURN collect([c.id, t.id]) AS tests
}
RETURN codings, links, tests
