// Counted codings of what somebody said who has withdrawn.
// mode: read
// scope: open (an invariant of the whole casebook)
MATCH (k:Coding:Counted)-[:CODES]->(x:Excerpt)
WHERE EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
RETURN k.id AS id
ORDER BY id
