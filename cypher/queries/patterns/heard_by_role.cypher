// Whose voices counted codings give to the programme theories, configurations and links of a
// programme, as columns. heard: [target, voice, whether it is of the role group asked for, stance];
// links: [link, its configuration].
// A voice is an informant, else the source. With places, only what concerns these is of the group;
// whatever else was said is of others. A small group is told from others to those who read texts.
// mode: read
// scope: projects
// params: programme_id ID, role_group STRING?, place_ids IDS?
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
CALL (g) {
  MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
  WHERE place.id IN $visible_projects AND s.retired_at IS NULL
  MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Counted)-[:BEARS_ON]->(t:Record)
  WHERE t:ProgrammeTheory OR t:Configuration OR t:CmoLink
  MATCH (k)-[:CONCERNS]->(p:Record)
  WHERE p.id IN $visible_projects
  OPTIONAL MATCH (x)-[:SPOKEN_BY]->(i:Informant)
  WITH DISTINCT t.id AS target, coalesce(i.id, s.id) AS voice, k.stance AS stance,
       CASE WHEN i.role_group = $role_group
              AND (place.id IN $quoted_projects OR $small_groups[$role_group] IS NULL)
              AND ($place_ids IS NULL OR p.id IN $place_ids)
         THEN true ELSE false END AS of_role
  RETURN collect([target, voice, of_role, stance]) AS heard
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.retired_at IS NULL
  MATCH (c)-[:HAS_LINK]->(l:CmoLink)
  WHERE l.retired_at IS NULL
  RETURN collect([l.id, c.id]) AS links
}
RETURN heard, links
