// Factors that stand for another (an alias) while something stands for them, or for two at once.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: ids LIST?
MATCH (n:Factor)-[r:SAME_AS]->(k:Factor)
WHERE ($ids IS NULL OR n.id IN $ids OR k.id IN $ids) AND r.undone_at IS NULL
WITH n, collect(k) AS kept
WHERE size(kept) > 1 OR n IN kept
   OR EXISTS { MATCH (n)<-[q:SAME_AS]-(:Factor) WHERE q.undone_at IS NULL }
RETURN n.id AS id, n.code AS code
ORDER BY id
