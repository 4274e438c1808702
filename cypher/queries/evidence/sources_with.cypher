// The ids of the sources that hold codings on a record, or that concern a place.
// mode: read
// scope: projects
// params: record ID
MATCH (:Record {id: $record})<-[:BEARS_ON|CONCERNS]-(k:Coding)-[:CODES]->(x:Excerpt)
WHERE k.retired_at IS NULL AND x.retired_at IS NULL
MATCH (x)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(here:Record)
WHERE here.id IN $visible_projects AND s.retired_at IS NULL
RETURN collect(DISTINCT s.id) AS sources
