// What a user may do where: the role, where it was given, and the places that it covers (a
// programme covers its projects and their sub-cases, a project its sub-cases and, for what belongs
// to no project, its programme). `shut` are those of them that are retired, or lie in one that is.
// mode: read
// scope: open (it is what decides the actor's scope)
// params: user STRING
MATCH (u:User {id: $user})-[r:HAS_ROLE]->(place:Record)
OPTIONAL MATCH (place)<-[:PART_OF*1..3]-(below:Project)
OPTIONAL MATCH (place)-[:PART_OF*1..3]->(above:Programme)
WITH r, place, collect(DISTINCT below) AS under, collect(DISTINCT above) AS over
WITH r, place, [x IN under | x.id] AS below, [x IN over | x.id] AS above,
     [place] + under + over AS covered
UNWIND covered AS c
OPTIONAL MATCH (c)-[:PART_OF*0..3]->(gone:Record)
WHERE gone.retired_at IS NOT NULL
RETURN r.role AS role, place.id AS place, below, above,
       collect(DISTINCT CASE WHEN gone IS NOT NULL THEN c.id END) AS shut
