// Where sources of a programme were collected and how they came to say things: places: [project,
// sub-case or programme, coverage]; groups: [role group, coverage] of the sources in which somebody
// of that group speaks, null for a group that may not be named. Each pair once, in no order.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
CALL (g) {
  MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
  WHERE s.retired_at IS NULL AND place.id IN $visible_projects
    AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
  WITH DISTINCT place.id AS place, s.coverage AS coverage
  RETURN collect([place, coverage]) AS places
}
CALL (g) {
  MATCH (i:Informant)-[:BELONGS_TO]->(g)
  WHERE i.retired_at IS NULL AND i.withdrawn_at IS NULL
  MATCH (i)-[:SPEAKS_IN]->(s:Source)-[:COLLECTED_IN]->(place:Record)
  WHERE s.retired_at IS NULL AND place.id IN $visible_projects
    AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
  WITH DISTINCT CASE WHEN place.id IN $quoted_projects OR $small_groups[i.role_group] IS NULL
                  THEN i.role_group END AS role_group, s.coverage AS coverage
  RETURN collect([role_group, coverage]) AS groups
}
RETURN places, groups
