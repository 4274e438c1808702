// The excerpt that was taken before from the same place of a source.
// mode: read
// scope: projects
// params: source ID, start INTEGER?, end INTEGER?, locator STRING?, paraphrase STRING?
MATCH (x:Excerpt)-[:TAKEN_FROM]->(s:Record {id: $source})-[:COLLECTED_IN]->(place:Record)
WHERE s:Source AND place.id IN $visible_projects AND x.retired_at IS NULL
  AND (($start IS NOT NULL AND x.start = $start AND x.end = $end)
       OR ($locator IS NOT NULL AND x.locator = $locator AND x.paraphrase = $paraphrase))
RETURN x.id AS id
ORDER BY x.created_at
LIMIT 1
