// The themes of a programme under which something is coded that the reader may see, as one column
// ids, whether or not it counts; in no order.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
MATCH (n:Theme)-[:BELONGS_TO]->(g)
WHERE n.retired_at IS NULL
MATCH (n)<-[:BEARS_ON]-(k:Coding)-[:CONCERNS]->(there:Record)
WHERE k.retired_at IS NULL AND there.id IN $visible_projects
  AND EXISTS { MATCH (there)-[:PART_OF*0..3]->(g) }
MATCH (k)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(here:Record)
WHERE x.retired_at IS NULL AND s.retired_at IS NULL AND here.id IN $visible_projects
  AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
RETURN collect(DISTINCT n.id) AS ids
