// Who speaks in a source, by the label under which they are heard in it.
// mode: read
// scope: projects
// params: source STRING
MATCH (i:Informant)-[r:SPEAKS_IN]->(s:Source {id: $source})-[:COLLECTED_IN]->(place:Record)
WHERE place.id IN $visible_projects AND i.retired_at IS NULL
RETURN r.label AS label, i.id AS informant, i.pseudonym AS pseudonym, i.role_group AS role_group
ORDER BY label, informant
