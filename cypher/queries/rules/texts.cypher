// Excerpts of texts with their positions and quotes, and the text that they should stand in. Without
// ids, all; those that are named are not sought among all.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: ids LIST?
WITH $ids AS wanted
CALL (wanted) {
  UNWIND wanted AS id
  WITH DISTINCT id
  MATCH (x:Record {id: id})
  WHERE x:Excerpt
  RETURN x
  UNION ALL
  UNWIND CASE WHEN wanted IS NULL THEN [true] ELSE [] END AS all_of_them
  MATCH (x:Excerpt)
  RETURN x
}
MATCH (x)-[:TAKEN_FROM]->(s:Source)
WHERE x.anchor <> 'located'
WITH s, collect({id: x.id, start: x.start, end: x.end, quote: x.quote, prefix: x.prefix,
                 suffix: x.suffix}) AS excerpts
RETURN s.id AS source, s.text AS text, excerpts
ORDER BY source
