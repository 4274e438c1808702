// The parties with a stake, and in how many recorded relations each stands: those whose passages are
// all withdrawn or retired are left out, and those that are denied by no passage.
// mode: read
// scope: projects
// params: programme_id ID?, kind STRING?
MATCH (h:Stakeholder)-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects AND h.retired_at IS NULL AND g.retired_at IS NULL
  AND ($programme_id IS NULL OR g.id = $programme_id) AND ($kind IS NULL OR h.kind = $kind)
OPTIONAL MATCH (h)<-[:FROM_PARTY|TO_PARTY]-(r:Relation)-[:WITHIN]->(w:Record)
WHERE r.retired_at IS NULL AND w.id IN $visible_projects
  AND ((r.state <> 'denied'
        AND NOT EXISTS { MATCH (r)<-[:BEARS_ON]-(k:Coding) WHERE k.retired_at IS NULL })
       OR EXISTS {
         MATCH (r)<-[:BEARS_ON]-(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
         WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
           AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
           AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
       })
WITH h, g, count(DISTINCT r) AS relations
RETURN h.id AS id, h.code AS code, h.name AS name, h.kind AS kind, h.sector AS sector, relations,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(code, 2))
