// The next changes in the order of their ids, with their content and the records they touched.
// mode: read
// scope: open (the service lets only the data steward of every programme make a backup)
// params: after STRING, limit INTEGER
MATCH (c:Change)
WHERE c.id > $after
WITH c ORDER BY c.id LIMIT $limit
MATCH (c)-[:JUDGED_BY]->(u:User)
OPTIONAL MATCH (c)-[:HOLDS]->(h:ChangeContent)
OPTIONAL MATCH (c)-[r:CHANGED]->(n:Record)
WITH c, u, h, collect({id: n.id, carries: properties(r)}) AS touched
ORDER BY c.id
RETURN c.id AS id, u.id AS user, properties(c) AS props, properties(h) AS content,
       [t IN touched WHERE t.id IS NOT NULL] AS touched
