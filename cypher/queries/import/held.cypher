// The sources whose text is held, by what an import compares files with: the file's name and the
// checksum of the text; for those who read texts.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)
WHERE place.id IN $visible_projects AND place.id IN $quoted_projects
  AND s.retired_at IS NULL AND place.retired_at IS NULL AND s.text_sha256 IS NOT NULL
MATCH (place)-[:PART_OF*0..3]->(g:Programme {id: $programme_id})
WHERE NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false)
RETURN s.id AS id, s.code AS code, s.title AS title, s.rev AS rev, s.file_name AS file_name,
       s.text_sha256 AS text_sha256, place.id AS place_id
ORDER BY toInteger(substring(code, 2))
