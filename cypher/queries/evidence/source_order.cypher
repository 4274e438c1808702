// The ids of a programme's sources with the numbers of their codes, as one column of pairs in the
// order of the codes: for walking through evidence source by source.
// mode: read
// scope: projects
// params: programme_id ID, wave STRING?, source_id ID?
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
WHERE place.id IN $visible_projects AND s.retired_at IS NULL
  AND ($wave IS NULL OR s.wave = $wave) AND ($source_id IS NULL OR s.id = $source_id)
WITH s.id AS id, toInteger(substring(s.code, 2)) AS number ORDER BY number, id
RETURN collect([id, number]) AS sources
