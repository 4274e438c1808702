// The sources of a programme, or those among some of them, of which no passage is coded, in order of
// their codes.
// mode: read
// scope: projects
// params: programme_id ID, source_ids IDS?
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
WHERE place.id IN $visible_projects AND s.retired_at IS NULL
  AND ($source_ids IS NULL OR s.id IN $source_ids)
  AND NOT EXISTS {
    MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)
    WHERE x.retired_at IS NULL AND k.retired_at IS NULL
  }
RETURN s.id AS id, s.code AS code, s.title AS title
ORDER BY toInteger(substring(code, 2)), id
