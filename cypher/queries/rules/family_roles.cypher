// Factors joined as kind of another without sharing a role.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: ids LIST?
MATCH (n:Factor)-[:IS_KIND_OF]->(b:Factor)
WHERE ($ids IS NULL OR n.id IN $ids OR b.id IN $ids)
  AND NOT ((n:Context AND b:Context) OR (n:Mechanism AND b:Mechanism) OR (n:Outcome AND b:Outcome))
RETURN n.id AS id, n.code AS code, b.label AS broader
ORDER BY id
