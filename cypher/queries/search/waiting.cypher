// Sources whose texts are held and cannot be found by their words yet, in the order of their ids.
// mode: read
// scope: open (the search makes texts findable whoever asks; it tells nobody which)
MATCH (s:Source)
WHERE s.text IS NOT NULL AND s.retired_at IS NULL
OPTIONAL MATCH (w:SourceWords {source: s.id})
WITH s.id AS id, size(s.text) AS size, coalesce(s.text_sha256, '') AS sha256, w.sha256 AS made_of
WHERE made_of IS NULL OR made_of <> sha256
RETURN id, size
ORDER BY id
