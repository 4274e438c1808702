// What people did in some of the changes, as books/acts tells it: the newest acts among them.
// mode: read
// scope: open (the service leaves out the records that the actor may not see)
// params: ids LIST, user STRING?
UNWIND $ids AS id
MATCH (c:Change {id: id})-[:JUDGED_BY]->(u:User)
WHERE (c.part_of IS NULL OR c.part_of = c.id) AND ($user IS NULL OR u.id = $user)
OPTIONAL MATCH (c)-[r:CHANGED]->(n:Record)
WITH c, u, collect({id: n.id, rev: r.rev}) AS touched
RETURN c.id AS id, c.at AS at, c.action AS action, c.fields AS fields, c.why AS why,
       c.undoes AS undoes, c.part_of AS part_of, c.digest AS digest, u.id AS user,
       u.display_name AS who, [t IN touched WHERE t.id IS NOT NULL] AS touched
ORDER BY at DESC, id
