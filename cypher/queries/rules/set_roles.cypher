// Factors that stand in a set of a configuration that is not retired, without being typed so.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: ids LIST?
MATCH (c:Configuration)-[r:IN_CONTEXT|FIRES|LEADS_TO]->(f:Factor)
WHERE c.retired_at IS NULL AND ($ids IS NULL OR c.id IN $ids OR f.id IN $ids)
  AND NOT ((type(r) = 'IN_CONTEXT' AND f:Context) OR (type(r) = 'FIRES' AND f:Mechanism)
           OR (type(r) = 'LEADS_TO' AND f:Outcome))
RETURN c.id AS id, c.code AS code, f.label AS factor, type(r) AS set
ORDER BY id, factor
