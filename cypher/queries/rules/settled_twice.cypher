// Factors with more than one settled assessment in a project and wave.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: ids LIST?
MATCH (f:Factor)<-[:OF_FACTOR]-(a:Assessment)-[:IN_PROJECT]->(p:Project)
WHERE ($ids IS NULL OR f.id IN $ids) AND a.retired_at IS NULL AND a.settled
WITH f, p, coalesce(a.wave, '') AS wave, collect(a.id) AS settled
WHERE size(settled) > 1
RETURN f.id AS id, f.code AS code, f.label AS factor, p.name AS project, wave, settled
ORDER BY id
