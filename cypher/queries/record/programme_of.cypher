// The programme to which a record belongs, by its id; a retired record has one too.
// mode: read
// scope: projects
// params: id ID
MATCH (n:Record {id: $id})
MATCH (n)-[:CODES|TAKEN_FROM|COLLECTED_IN|BELONGS_TO|WITHIN|IN|IN_PROJECT|PART_OF|AFFECTS|FROM_VERSION|STARTS_AT*0..6]->(g:Programme)
WHERE g.id IN $visible_projects
RETURN DISTINCT g.id AS programme_id, g.name AS programme
ORDER BY programme
