// The themes of the analysis with the number of projects in which something was found under each, in
// the order of the themes. A finding whose passages are all withdrawn, retired, or synthetic in a
// real programme is left out.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
MATCH (t:Theme {scheme: 'analysis'})-[:BELONGS_TO]->(g)
WHERE t.retired_at IS NULL
OPTIONAL MATCH (t)<-[:ABOUT]-(f:Finding)-[:IN]->(:Project)-[:PART_OF*0..2]->(p:Project)-[:PART_OF]->(g)
WHERE f.topic IN ['grid', 'result'] AND f.retired_at IS NULL
  AND p.retired_at IS NULL AND p.id IN $visible_projects
  AND (NOT EXISTS { MATCH (f)-[:RESTS_ON]->(:Coding) }
       OR EXISTS {
    MATCH (f)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
    WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
      AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
      AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  })
WITH t, count(DISTINCT p) AS projects
RETURN t.id AS id, t.name AS name, projects
ORDER BY t.position, name, id
