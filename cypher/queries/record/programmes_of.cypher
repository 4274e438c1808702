// The programmes to which records belong, by the ids of the records.
// mode: read
// scope: projects
// params: ids IDS
UNWIND $ids AS id
MATCH (n:Record {id: id})
MATCH (n)-[:CODES|TAKEN_FROM|COLLECTED_IN|BELONGS_TO|WITHIN|IN|IN_PROJECT|PART_OF|AFFECTS|FROM_VERSION|STARTS_AT*0..6]->(g:Programme)
WHERE g.id IN $visible_projects
RETURN DISTINCT id, g.id AS programme_id, g.name AS programme
ORDER BY id, programme
