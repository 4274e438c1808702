// Relations that are denied though no passage says so: none is coded on them.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: ids LIST?
MATCH (r:Relation)
WHERE ($ids IS NULL OR r.id IN $ids) AND r.state = 'denied' AND r.retired_at IS NULL
  AND NOT EXISTS { MATCH (r)<-[:BEARS_ON]-(k:Coding) WHERE k.retired_at IS NULL }
RETURN r.id AS id, r.code AS code
ORDER BY id
