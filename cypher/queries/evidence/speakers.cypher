// Who speaks in a source, by the label under which they are heard in it; for those who read texts or
// keep consent.
// mode: read
// scope: projects
// params: source ID
MATCH (i:Informant)-[r:SPEAKS_IN]->(s:Record {id: $source})-[:COLLECTED_IN]->(place:Record)
WHERE s:Source AND i.retired_at IS NULL
  AND place.id IN $visible_projects AND place.id IN $named_projects
RETURN r.label AS label, i.id AS informant, i.pseudonym AS pseudonym, i.role_group AS role_group
ORDER BY label, informant
