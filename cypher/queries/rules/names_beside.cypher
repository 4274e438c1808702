// For each place that one of these projects is a part of, its parts that are not retired: [id, code,
// name].
// mode: read
// scope: open (two parts of one place may not have one name)
// params: ids LIST
UNWIND $ids AS id
MATCH (n:Record {id: id})-[:PART_OF]->(place:Record)
WHERE n:Project
WITH DISTINCT place
MATCH (place)<-[:PART_OF]-(p:Project)
WHERE p.retired_at IS NULL
WITH place, p ORDER BY p.created_at, p.id
RETURN place.id AS place_id, place.name AS place, collect([p.id, p.code, p.name]) AS parts
ORDER BY place_id
