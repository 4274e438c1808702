// Links that are asserted twice on one configuration: of one kind, from one factor to one other.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: ids LIST?
MATCH (l:CmoLink)<-[:HAS_LINK]-(c:Configuration)-[:HAS_LINK]->(o:CmoLink)
WHERE ($ids IS NULL OR l.id IN $ids) AND o.id <> l.id AND o.kind = l.kind
  AND l.retired_at IS NULL AND o.retired_at IS NULL
  AND EXISTS { MATCH (l)-[:STARTS_AT]->(:Factor)<-[:STARTS_AT]-(o) }
  AND EXISTS { MATCH (l)-[:ENDS_AT]->(:Factor)<-[:ENDS_AT]-(o) }
RETURN l.id AS id, o.code AS code
ORDER BY id, code
