// Excerpts of texts with their positions and quotes, and the text that they should stand in.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: ids LIST?
MATCH (x:Excerpt)-[:TAKEN_FROM]->(s:Source)
WHERE ($ids IS NULL OR x.id IN $ids) AND x.anchor <> 'located'
WITH s, collect({id: x.id, start: x.start, end: x.end, quote: x.quote, prefix: x.prefix,
                 suffix: x.suffix}) AS excerpts
RETURN s.id AS source, s.text AS text, excerpts
ORDER BY source
