// Who speaks under which label in the sources of a programme, with the date for those who have
// withdrawn; for those who read the texts.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (i:Informant)-[r:SPEAKS_IN]->(s:Source)-[:COLLECTED_IN]->(place:Record)
WHERE place.id IN $visible_projects AND place.id IN $quoted_projects
  AND i.retired_at IS NULL AND s.retired_at IS NULL AND r.label IS NOT NULL
MATCH (i)-[:BELONGS_TO]->(g:Programme {id: $programme_id})
WHERE NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false)
RETURN place.id AS place_id, s.id AS source_id, s.code AS source_code, r.label AS label,
       i.id AS informant, i.pseudonym AS pseudonym, i.withdrawn_at AS withdrawn_at
ORDER BY toInteger(substring(source_code, 2)), label, informant
