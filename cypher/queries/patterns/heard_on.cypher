// What was heard on some configurations and on their links, as columns. projects: [id, code, name,
// part of], in order of their codes, sub-cases among them; links: [id, code, kind, configuration,
// start, its label, end, its label]; codings (only counted ones): [id, target, stance, claim,
// concerns, source, its kind, [[informant, role group]]]; decided: [configuration or link, code,
// support, why]; carried: [target, how many codings wait there to be affirmed].
// mode: read
// scope: projects
// params: programme_id ID, ids IDS
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
                  [(x)-[:SPOKEN_BY]->(i:Informant) | [i.id, coalesce($small_groups[i.role_group], i.role_group)]]]) AS codings
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.id IN $ids
  OPTIONAL MATCH (c)-[:HAS_LINK]->(l:CmoLink)
  WHERE l.retired_at IS NULL
  WITH c, collect(l) AS links
  UNWIND [c] + links AS t
  WITH t WHERE t.support_decided IS NOT NULL
  RETURN collect([t.id, t.code, t.support_decided, t.support_why]) AS decided
}
CALL (g) {
  MATCH (k:Coding)
  WHERE k.affirmed = false AND k.retired_at IS NULL
  MATCH (k)-[:BEARS_ON]->(t:Record)
  OPTIONAL MATCH (t)<-[:HAS_LINK]-(c:Configuration)
  WITH k, t, c
  WHERE (t.id IN $ids OR c.id IN $ids) AND (c IS NULL OR t.retired_at IS NULL)
  MATCH (k)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(place:Record)
  MATCH (k)-[:CONCERNS]->(p:Record)
  WHERE p.id IN $visible_projects AND place.id IN $visible_projects AND x.retired_at IS NULL
    AND s.retired_at IS NULL
    AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  MATCH (place)-[:PART_OF*0..3]->(g)
  WITH t.id AS target, count(DISTINCT k) AS many
  RETURN collect([target, many]) AS carried
}
RETURN projects, links, codings, decided, carried
