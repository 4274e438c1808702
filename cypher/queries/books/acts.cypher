// What people did, newest first: one row an act, with the records that it touched (of an act that
// was written as one change a record, such as a seed, those of the first).
// mode: read
// scope: open (the service leaves out the records that the actor may not see)
// params: user STRING?, before STRING?, limit INTEGER
OPTIONAL MATCH (b:Change {id: $before})
MATCH (c:Change)-[:JUDGED_BY]->(u:User)
WHERE (c.part_of IS NULL OR c.part_of = c.id) AND ($user IS NULL OR u.id = $user)
  AND (b IS NULL OR c.at < b.at OR (c.at = b.at AND c.id > b.id))
WITH c, u
ORDER BY c.at DESC, c.id
LIMIT $limit
OPTIONAL MATCH (c)-[r:CHANGED]->(n:Record)
WITH c, u, collect({id: n.id, rev: r.rev}) AS touched
RETURN c.id AS id, c.at AS at, c.action AS action, c.fields AS fields, c.why AS why,
       c.undoes AS undoes, c.part_of AS part_of, c.digest AS digest, u.id AS user,
       u.display_name AS who, [t IN touched WHERE t.id IS NOT NULL] AS touched
ORDER BY at DESC, id
