// Synthetic sources that stand in a programme which is not synthetic: of all, or of these sources
// and those of these programmes.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: ids LIST?, programmes LIST?
MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)
WHERE s.synthetic
MATCH (place)-[:PART_OF*0..3]->(g:Programme)
WHERE NOT coalesce(g.synthetic, false)
  AND (($ids IS NULL AND $programmes IS NULL) OR s.id IN $ids OR g.id IN $programmes)
RETURN s.id AS id, s.code AS code, g.name AS programme
ORDER BY id
