// What clients wrote, or one of them: their records with the changes of each.
// mode: read
// scope: open (a trial counts all there is)
// params: programme STRING, client STRING?
MATCH (n:Stakeholder)-[:BELONGS_TO]->(:Programme {id: $programme})
WHERE $client IS NULL OR n.name STARTS WITH $client
OPTIONAL MATCH (c:Change)-[r:CHANGED]->(n)
WITH n, c, r
ORDER BY n.name, r.rev
RETURN n.name AS name, n.id AS id, n.code AS code, n.rev AS rev, n.sector AS sector,
       collect(c.id) AS changes, collect(r.rev) AS revs
