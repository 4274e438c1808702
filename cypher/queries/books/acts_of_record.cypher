// What people did to one record, newest first, with the records that each change touched.
// mode: read
// scope: open (the service leaves out the records that the actor may not see)
// params: record STRING, user STRING?, before STRING?, limit INTEGER
OPTIONAL MATCH (b:Change {id: $before})
MATCH (:Record {id: $record})<-[:CHANGED]-(c:Change)-[:JUDGED_BY]->(u:User)
WHERE ($user IS NULL OR u.id = $user)
  AND (b IS NULL OR c.at < b.at OR (c.at = b.at AND c.id > b.id))
WITH DISTINCT c, u
ORDER BY c.at DESC, c.id
LIMIT $limit
OPTIONAL MATCH (c)-[r:CHANGED]->(n:Record)
WITH c, u, collect({id: n.id, rev: r.rev}) AS touched
RETURN c.id AS id, c.at AS at, c.action AS action, c.fields AS fields, c.why AS why,
       c.undoes AS undoes, c.part_of AS part_of, c.digest AS digest, u.id AS user,
       u.display_name AS who, [t IN touched WHERE t.id IS NOT NULL] AS touched
ORDER BY at DESC, id
