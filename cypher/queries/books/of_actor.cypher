// The changes that a user made, newest first, and whether each was taken back.
// mode: read
// scope: open (one's own changes)
// params: user STRING, change STRING?, limit INTEGER
MATCH (c:Change)-[:JUDGED_BY]->(u:User {id: $user})
WHERE $change IS NULL OR c.id = $change
WITH c, EXISTS { MATCH (d:Change) WHERE d.undoes = c.id } AS undone
ORDER BY c.at DESC, c.id
LIMIT $limit
RETURN c.id AS id, c.at AS at, c.action AS action, c.undoes AS undoes, c.part_of AS part_of, undone
