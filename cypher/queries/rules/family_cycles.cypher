// Factors that are, over some steps, a kind of themselves.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: ids LIST?
MATCH (n:Factor)
WHERE $ids IS NULL OR n.id IN $ids
MATCH (n)-[:IS_KIND_OF]->(b:Factor)
WHERE n.id = b.id OR EXISTS { MATCH (b)-[:IS_KIND_OF*1..20]->(n) }
RETURN DISTINCT n.id AS id, n.code AS code
ORDER BY id
