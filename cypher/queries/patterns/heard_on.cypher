// What was heard on some configurations and on their links, as columns. projects: [id, code, name,
// part of], in order of their codes, sub-cases among them; links: [id, code, kind, configuration,
// start, its label, end, its label]; codings (only counted ones): [id, target, stance, claim,
// concerns, source, its kind, [[informant, role group]]].
// mode: read
// scope: projects
// params: programme_id STRING, ids LIST
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects
CALL (g) {
  MATCH (p:Project)-[:PART_OF*1..3]->(g)
  MATCH (p)-[:PART_OF]->(q:Record)
  WHERE p.id IN $visible_projects AND p.retired_at IS NULL AND q.retired_at IS NULL
  WITH p, q ORDER BY toInteger(substring(p.code, 2))
  RETURN collect([p.id, p.code, p.name, q.id]) AS projects
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.id IN $ids
  MATCH (c)-[:HAS_LINK]->(l:CmoLink)
  WHERE l.retired_at IS NULL
  MATCH (l)-[:STARTS_AT]->(a:Factor)
  MATCH (l)-[:ENDS_AT]->(b:Factor)
  WITH c, l, a, b ORDER BY toInteger(substring(l.code, 2))
  RETURN collect([l.id, l.code, l.kind, c.id, a.id, a.label, b.id, b.label]) AS links
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.id IN $ids
  OPTIONAL MATCH (c)-[:HAS_LINK]->(l:CmoLink)
  WITH c, collect(l) AS links
  UNWIND [c] + links AS t
  MATCH (t)<-[:BEARS_ON]-(k:Counted)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
  MATCH (s)-[:COLLECTED_IN]->(place:Record)
  MATCH (k)-[:CONCERNS]->(p:Record)
  WHERE p.id IN $visible_projects AND place.id IN $visible_projects
  RETURN collect([k.id, t.id, k.stance, k.claim, p.id, s.id, s.kind,
                  [(x)-[:SPOKEN_BY]->(i:Informant) | [i.id, i.role_group]]]) AS codings
}
RETURN projects, links, codings
