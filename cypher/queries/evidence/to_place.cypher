// How many codings of a programme bear on nothing yet, and are not what an assessment or a finding
// rests on. No row where there is none.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
MATCH (p:Record)-[:PART_OF*0..3]->(g)
WHERE p.id IN $visible_projects
MATCH (p)<-[:CONCERNS]-(k:Coding)
WHERE k.retired_at IS NULL
  AND NOT EXISTS { MATCH (k)-[:BEARS_ON]->(:Record) }
  AND NOT EXISTS { MATCH (k)<-[:RESTS_ON]-(:Record) }
MATCH (k)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(place:Record)
WHERE x.retired_at IS NULL AND s.retired_at IS NULL AND place.id IN $visible_projects
  AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
RETURN g.id AS programme_id, count(k) AS unplaced
