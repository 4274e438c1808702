// Synthetic sources that stand in a programme which is not synthetic.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: ids LIST?
MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)
WHERE ($ids IS NULL OR s.id IN $ids) AND s.synthetic
MATCH (place)-[:PART_OF*0..3]->(g:Programme)
WHERE NOT coalesce(g.synthetic, false)
RETURN s.id AS id, s.code AS code, g.name AS programme
ORDER BY id
