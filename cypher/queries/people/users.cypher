// Everybody who works on this casebook, with the roles they were given.
// mode: read
// scope: open (a casebook's users know of each other; attribution needs their names)
MATCH (u:User)
WHERE u.retired_at IS NULL
OPTIONAL MATCH (u)-[r:HAS_ROLE]->(place:Record)
WITH u, r, place
ORDER BY place.name, r.role
RETURN u.id AS id, u.subject AS subject, u.display_name AS display_name,
       coalesce(u.synthetic, false) AS synthetic, u.created_at AS created_at,
       [x IN collect({role: r.role, place: place.name, place_id: place.id}) WHERE x.role IS NOT NULL] AS roles
ORDER BY created_at, id
