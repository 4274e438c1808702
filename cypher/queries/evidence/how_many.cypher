// How many codings a programme holds, counted as case/counts counts them: none that is retired,
// whose passage, source or speaker is gone, or that is synthetic in a real programme. No row where
// there is none.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
WHERE s.retired_at IS NULL AND place.id IN $visible_projects
  AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)-[:CONCERNS]->(p:Record)
WHERE x.retired_at IS NULL AND k.retired_at IS NULL AND p.id IN $visible_projects
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
RETURN g.id AS programme_id, count(k) AS codings
