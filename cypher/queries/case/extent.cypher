// How many projects, configurations, links and sources a programme holds: what its pages say at
// their heads, counted as case/counts counts them.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
CALL (g) {
  MATCH (p:Project)-[:PART_OF]->(g)
  WHERE p.id IN $visible_projects AND p.retired_at IS NULL
  RETURN count(p) AS projects
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.retired_at IS NULL
  RETURN count(c) AS configurations
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.retired_at IS NULL
  MATCH (c)-[:HAS_LINK]->(l:CmoLink)
  WHERE l.retired_at IS NULL
  RETURN count(l) AS links
}
CALL (g) {
  MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
  WHERE s.retired_at IS NULL AND place.id IN $visible_projects
    AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
  RETURN count(s) AS sources
}
RETURN projects, configurations, links, sources
