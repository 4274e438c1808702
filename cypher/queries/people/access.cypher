// What a user may do where: the role, where it was given, and the places that it covers (a
// programme covers its projects and their sub-cases, a project its sub-cases and, for what belongs
// to no project, its programme). `shut` are those of them that are retired, or lie in one that is.
// Roles that were given at the same place are one row.
// mode: read
// scope: open (it is what decides the actor's scope)
// params: user STRING
MATCH (u:User {id: $user})-[r:HAS_ROLE]->(place:Record)
WITH place, collect(DISTINCT r.role) AS roles
OPTIONAL MATCH (place)<-[:PART_OF*1..3]-(below:Project)
WITH place, roles, collect(DISTINCT below.id) AS below,
     collect(DISTINCT CASE WHEN below.retired_at IS NOT NULL THEN below END) AS closed
OPTIONAL MATCH (place)-[:PART_OF*0..3]->(up:Record)
WITH place, roles, below, closed,
     collect(DISTINCT CASE WHEN 'Programme' IN labels(up) AND up.id <> place.id THEN up.id END) AS above,
     collect(DISTINCT CASE WHEN up.retired_at IS NOT NULL THEN up END) AS over
RETURN roles, place.id AS place, below, above,
       CASE WHEN size(over) + size(closed) = 0 THEN [] ELSE COLLECT {
         UNWIND over + closed AS gone
         MATCH (c:Record)-[:PART_OF*0..3]->(gone)
         RETURN DISTINCT c.id
       } END AS shut
