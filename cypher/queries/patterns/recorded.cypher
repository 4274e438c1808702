// What the recorded patterns of a programme rest on, as columns. projects: [id, code, name, part
// of]; configurations: [id, code, nickname, sentence, status]; links: [id, code, kind,
// configuration, start, its label, end, its label, and the same four after merges]; codings (only
// counted ones): [id, target, stance, claim, concerns, source, its kind, [[informant, role
// group]]], in no order (sorting twenty thousand takes longer than reading them). The others stand
// in order of their codes, sub-cases among the projects.
// mode: read
// scope: projects
// params: programme_id STRING
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
  RETURN collect([c.id, c.code, c.nickname, c.sentence, c.status]) AS configurations
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
                  [(x)-[:SPOKEN_BY]->(i:Informant) | [i.id, i.role_group]]]) AS codings
}
RETURN projects, configurations, links, codings
