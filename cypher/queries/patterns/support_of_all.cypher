// What was heard on everything in a programme that a counted coding bears on, and what counts for
// what, as columns. heard: [target, whether one refutes it, and of those that support it the first
// and the last voice, kind of source and role group, in alphabetical order]: two that differ mean
// that there are several, null that there is none. A voice is an informant, else the source.
// links: [link, its configuration]; tests: [configuration, programme theory that it tests].
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
CALL (g) {
  MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
  WHERE place.id IN $visible_projects AND s.retired_at IS NULL
  MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Counted)
  WHERE k.stance IN ['supports', 'refutes']
  MATCH (k)-[:CONCERNS]->(p:Record)
  WHERE p.id = place.id OR p.id IN $visible_projects
  MATCH (k)-[:BEARS_ON]->(t:Record)
  OPTIONAL MATCH (x)-[:SPOKEN_BY]->(i:Informant)
  WITH t.id AS target, k.stance = 'refutes' AS against, coalesce(i.id, s.id) AS voice,
       s.kind AS kind, coalesce($small_groups[i.role_group], i.role_group) AS role_group
  WITH target, max(CASE WHEN against THEN 1 ELSE 0 END) AS refuted,
       min(CASE WHEN NOT against THEN voice END) AS first_voice,
       max(CASE WHEN NOT against THEN voice END) AS last_voice,
       min(CASE WHEN NOT against THEN kind END) AS first_kind,
       max(CASE WHEN NOT against THEN kind END) AS last_kind,
       min(CASE WHEN NOT against THEN role_group END) AS first_group,
       max(CASE WHEN NOT against THEN role_group END) AS last_group
  RETURN collect([target, refuted = 1, first_voice, last_voice, first_kind, last_kind,
                  first_group, last_group]) AS heard
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.retired_at IS NULL
  MATCH (c)-[:HAS_LINK]->(l:CmoLink)
  RETURN collect([l.id, c.id]) AS links
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.retired_at IS NULL
  MATCH (c)-[:TESTS]->(t:ProgrammeTheory)
  RETURN collect([c.id, t.id]) AS tests
}
RETURN heard, links, tests
