// One source as its page is headed: where, when and how it was collected, whether its text is held,
// and whether whoever asks may read it.
// mode: read
// scope: projects
// params: source_id ID
MATCH (s:Record {id: $source_id})-[:COLLECTED_IN]->(place:Record)
WHERE s:Source AND place.id IN $visible_projects AND s.retired_at IS NULL
  AND place.retired_at IS NULL
RETURN s.id AS id, s.code AS code, s.title AS title, s.kind AS kind, s.coverage AS coverage,
       s.wave AS wave, s.when_text AS when_text, s.citation AS citation, s.language AS language,
       s.text IS NOT NULL AS text_held, place.id IN $quoted_projects AS readable,
       place.id AS place_id, place.code AS place_code, place.name AS place
