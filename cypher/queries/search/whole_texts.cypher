// The whole texts of some sources, to be made findable by their words.
// mode: read
// scope: open (the search makes texts findable whoever asks; it tells nobody what they say)
// params: ids IDS
UNWIND $ids AS id
MATCH (s:Record {id: id})
WHERE s:Source AND s.text IS NOT NULL
RETURN s.id AS id, s.text AS text, coalesce(s.text_sha256, '') AS sha256
