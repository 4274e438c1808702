// Writes changes of a backup into the books, with their content.
// mode: write
// scope: open (a backup is restored into an empty casebook only)
// params: rows LIST
UNWIND $rows AS row
MATCH (u:User {id: row.user})
CREATE (c:Change)
SET c = row.props
CREATE (c)-[:JUDGED_BY]->(u)
WITH c, row
WHERE row.content IS NOT NULL
CREATE (h:ChangeContent)
SET h = row.content
CREATE (c)-[:HOLDS]->(h)
RETURN count(c) AS made
