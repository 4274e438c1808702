// The changes of the casebook, newest first, with the records that each touched.
// mode: read
// scope: open (the service leaves out the records that the actor may not see)
// params: user STRING?, before STRING?, limit INTEGER
OPTIONAL MATCH (b:Change {id: $before})
MATCH (c:Change)-[:JUDGED_BY]->(u:User)
WHERE ($user IS NULL OR u.id = $user)
  AND (b IS NULL OR c.at < b.at OR (c.at = b.at AND c.id > b.id))
WITH c
ORDER BY c.at DESC, c.id
LIMIT $limit
WITH collect(c) AS page, collect(c.id) AS ids
UNWIND ids AS id
OPTIONAL MATCH (d:Change {undoes: id})
WITH page, collect(d.undoes) AS undone
UNWIND page AS c
MATCH (c)-[:JUDGED_BY]->(u:User)
OPTIONAL MATCH (c)-[r:CHANGED]->(n:Record)
WITH c, u, undone, collect({id: n.id, rev: r.rev}) AS touched
RETURN c.id AS id, c.at AS at, c.action AS action, c.fields AS fields, c.why AS why,
       c.undoes AS undoes, c.digest AS digest, u.id AS user, u.display_name AS who,
       c.id IN undone AS undone, [t IN touched WHERE t.id IS NOT NULL] AS touched
ORDER BY at DESC, id
