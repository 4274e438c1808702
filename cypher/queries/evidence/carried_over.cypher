// The codings of a configuration and of its links that a refinement carries over, in the order in
// which they were made: none that is retired, or whose excerpt, source or project is, and none of
// what somebody said who has withdrawn.
// mode: read
// scope: open (the service refuses whoever may not see one of them)
// params: target STRING
MATCH (c:Configuration {id: $target})
OPTIONAL MATCH (c)-[:HAS_LINK]->(l:CmoLink)
WHERE l.retired_at IS NULL
WITH c, collect(l) AS links
UNWIND [c] + links AS thing
MATCH (thing)<-[:BEARS_ON]-(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
MATCH (k)-[:CONCERNS]->(p:Record)
WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
  AND p.retired_at IS NULL
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
RETURN k.id AS id, k.created_at AS made
ORDER BY made, id
