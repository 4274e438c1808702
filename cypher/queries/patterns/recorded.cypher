// What the recorded patterns of a programme rest on, as columns. projects: [id, code, name, part
// of]; configurations: [id, code, nickname, sentence, status, for_whom]; links: [id, code, kind,
// configuration, start, its label, end, its label, and the same four after merges]; codings (only
// counted ones): [id, target, stance, claim, concerns, source, its kind, [[informant, role
// group]]], in no order (sorting twenty thousand takes longer than reading them). The others stand
// in order of their codes, sub-cases among the projects. decided: [configuration or link, code,
// support, why]; carried: [target, how many codings wait there to be affirmed].
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
CALL (g) {
  MATCH (p:Project)-[:PART_OF*1..3]->(g)
  MATCH (p)-[:PART_OF]->(q:Record)
  WHERE p.id IN $visible_projects AND p.retired_at IS NULL AND q.retired_at IS NULL
  WITH p, q ORDER BY toInteger(substring(p.code, 2))
  RETURN collect([p.id, p.code, p.name, q.id]) AS projects
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.retired_at IS NULL
  WITH c ORDER BY toInteger(substring(c.code, 2))
  RETURN collect([c.id, c.code, c.nickname, c.sentence, c.status, c.for_whom]) AS configurations
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.retired_at IS NULL
  MATCH (c)-[:HAS_LINK]->(l:CmoLink)
  WHERE l.retired_at IS NULL
  MATCH (l)-[:STARTS_AT]->(a:Factor)
  MATCH (l)-[:ENDS_AT]->(b:Factor)
  OPTIONAL MATCH (a)-[ma:SAME_AS]->(ka:Factor)
  WHERE ma.undone_at IS NULL AND ka.retired_at IS NULL
  OPTIONAL MATCH (b)-[mb:SAME_AS]->(kb:Factor)
  WHERE mb.undone_at IS NULL AND kb.retired_at IS NULL
  WITH c, l, a, b, ka, kb ORDER BY toInteger(substring(l.code, 2))
  RETURN collect([l.id, l.code, l.kind, c.id, a.id, a.label, b.id, b.label,
                  coalesce(ka.id, a.id), coalesce(ka.label, a.label),
                  coalesce(kb.id, b.id), coalesce(kb.label, b.label)]) AS links
}
CALL (g) {
  MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
  WHERE place.id IN $visible_projects
  MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Counted)-[:BEARS_ON]->(t:Record)
  WHERE t:Configuration OR t:CmoLink
  MATCH (k)-[:CONCERNS]->(p:Record)
  WHERE p.id IN $visible_projects
  RETURN collect([k.id, t.id, k.stance, k.claim, p.id, s.id, s.kind,
                  [(x)-[:SPOKEN_BY]->(i:Informant) | [i.id, coalesce($small_groups[i.role_group], i.role_group)]]]) AS codings
}
CALL (g) {
  MATCH (t:Configuration)-[:BELONGS_TO]->(g)
  WHERE t.retired_at IS NULL AND t.support_decided IS NOT NULL
  RETURN collect([t.id, t.code, t.support_decided, t.support_why]) AS decided_whole
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.retired_at IS NULL
  MATCH (c)-[:HAS_LINK]->(t:CmoLink)
  WHERE t.retired_at IS NULL AND t.support_decided IS NOT NULL
  RETURN collect([t.id, t.code, t.support_decided, t.support_why]) AS decided_links
}
CALL (g) {
  MATCH (k:Coding)
  WHERE k.affirmed = false AND k.retired_at IS NULL
  MATCH (k)-[:BEARS_ON]->(t:Record)
  WHERE (t:Configuration OR t:CmoLink) AND t.retired_at IS NULL
  MATCH (k)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(place:Record)
  MATCH (k)-[:CONCERNS]->(p:Record)
  WHERE p.id IN $visible_projects AND place.id IN $visible_projects AND x.retired_at IS NULL
    AND s.retired_at IS NULL
    AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  MATCH (place)-[:PART_OF*0..3]->(g)
  WITH t.id AS target, count(DISTINCT k) AS many
  RETURN collect([target, many]) AS carried
}
RETURN projects, configurations, links, codings, decided_whole + decided_links AS decided, carried
