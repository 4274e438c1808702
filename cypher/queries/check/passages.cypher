// The text of one source, its checksum, and the passages that should stand in it.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: source STRING
MATCH (s:Record {id: $source})
WHERE s:Source
OPTIONAL MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)
WHERE x.anchor <> 'located'
WITH s, collect({id: x.id, start: x.start, end: x.end, quote: x.quote}) AS found
RETURN s.text AS text, s.text_sha256 AS sha256, [f IN found WHERE f.id IS NOT NULL] AS excerpts
