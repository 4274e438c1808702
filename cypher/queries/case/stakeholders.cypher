// The parties with a stake, and in how many recorded relations each stands.
// mode: read
// scope: projects
// params: programme_id STRING?, kind STRING?
MATCH (h:Stakeholder)-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects AND h.retired_at IS NULL AND g.retired_at IS NULL
  AND ($programme_id IS NULL OR g.id = $programme_id) AND ($kind IS NULL OR h.kind = $kind)
OPTIONAL MATCH (h)<-[:FROM_PARTY|TO_PARTY]-(r:Relation)-[:WITHIN]->(w:Record)
WHERE r.retired_at IS NULL AND w.id IN $visible_projects
WITH h, g, count(DISTINCT r) AS relations
RETURN h.id AS id, h.code AS code, h.name AS name, h.kind AS kind, h.sector AS sector, relations,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(code, 2))
