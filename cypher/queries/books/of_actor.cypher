// The changes that a user made, newest first, and whether each was taken back.
// mode: read
// scope: open (one's own changes)
// params: user STRING, change STRING?, limit INTEGER
MATCH (c:Change)-[:JUDGED_BY]->(u:User {id: $user})
WHERE $change IS NULL OR c.id = $change
WITH c
ORDER BY c.at DESC, c.id
LIMIT $limit
WITH collect(c) AS page, collect(c.id) AS ids
OPTIONAL MATCH (d:Change)
WHERE d.undoes IN ids
WITH page, collect(d.undoes) AS undone
UNWIND page AS c
RETURN c.id AS id, c.at AS at, c.action AS action, c.undoes AS undoes, c.part_of AS part_of,
       c.id IN undone AS undone
ORDER BY at DESC, id
