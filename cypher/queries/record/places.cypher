// Where records belong: labels, programme, the places that say who may see them, and whether they
// are retired.
// mode: read
// scope: open (the service needs it to decide what the actor may see)
// params: ids LIST
UNWIND $ids AS id
MATCH (n:Record {id: id})
OPTIONAL MATCH (n)-[:CODES|TAKEN_FROM|COLLECTED_IN|BELONGS_TO|WITHIN|IN|IN_PROJECT|PART_OF|AFFECTS|FROM_VERSION|TO_VERSION|STARTS_AT*0..6]->(g:Programme)
WITH n, collect(DISTINCT g.id) AS programmes
OPTIONAL MATCH (n)-[:CODES|TAKEN_FROM|COLLECTED_IN|WITHIN|IN|IN_PROJECT|CONCERNS|AFFECTS*0..3]->(p:Project)
WITH n, programmes, collect(DISTINCT p) AS projects
RETURN n.id AS id, labels(n) AS labels, n.rev AS rev, n.retired_at AS retired_at,
       programmes, [p IN projects | p.id] AS projects
