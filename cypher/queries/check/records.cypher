// The next records in the order of their ids: what they are, where they belong, and whether the
// books hold as many changes of each as it has revisions.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: after STRING, limit INTEGER
MATCH (n:Record)
WHERE n.id > $after
WITH n ORDER BY n.id LIMIT $limit
OPTIONAL MATCH (n)-[:CODES|TAKEN_FROM|COLLECTED_IN|BELONGS_TO|WITHIN|IN|IN_PROJECT|PART_OF|AFFECTS|FROM_VERSION|TO_VERSION|STARTS_AT*0..6]->(g:Programme)
WITH n, collect(DISTINCT g.id) AS programmes
OPTIONAL MATCH (n)<-[r:CHANGED]-(:Change)
WITH n, programmes, collect(r.rev) AS revs
RETURN n.id AS id, n.code AS code, labels(n) AS labels, n.rev AS rev, programmes, revs,
       n.retired_at IS NOT NULL AS retired, n._lock IS NOT NULL AS locked
ORDER BY id
