// For each of these projects whether it lies at most as deep as a part of a sub-case: no query looks
// further down.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: ids LIST
UNWIND $ids AS id
MATCH (p:Record {id: id})
WHERE p:Project
RETURN p.id AS id, p.name AS name,
       EXISTS { MATCH (p)-[:PART_OF*1..3]->(:Programme) } AS within_reach
ORDER BY id
