// Records that refer to one of these and are not retired. A link refers to its configuration,
// though their relationship points the other way.
// mode: read
// scope: open (the service uses it to refuse an undo, and names only what the actor may see)
// params: ids LIST
UNWIND $ids AS id
MATCH (n:Record {id: id})-[r]-(m:Record)
WHERE m.retired_at IS NULL AND NOT m.id IN $ids
  AND (type(r) = 'HAS_LINK') = (startNode(r).id = n.id)
RETURN DISTINCT m.id AS id, m.code AS code, labels(m) AS labels
