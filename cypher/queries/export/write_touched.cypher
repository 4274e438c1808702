// Joins changes of a backup to the records that they touched.
// mode: write
// scope: open (a backup is restored into an empty casebook only)
// params: rows LIST
UNWIND $rows AS row
MATCH (c:Change {id: row.change})
MATCH (n:Record {id: row.record})
CREATE (c)-[r:CHANGED]->(n)
SET r = row.carries
RETURN count(r) AS made
