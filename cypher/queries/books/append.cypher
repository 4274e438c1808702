// Appends changes with their content to the books.
// mode: write
// scope: open (every change is written down, whoever made it)
// params: rows LIST, user STRING
UNWIND $rows AS row
MATCH (u:Record {id: $user})
CREATE (c:Change {id: row.id, at: row.at, action: row.action, fields: row.fields, why: row.why,
                  digest: row.digest, undoes: row.undoes, part_of: row.part_of})
CREATE (c)-[:JUDGED_BY]->(u)
CREATE (c)-[:HOLDS]->(:ChangeContent {before: row.before, after: row.after, salt: row.salt})
WITH c, row
UNWIND row.records AS touched
MATCH (n:Record {id: touched.id})
CREATE (c)-[:CHANGED {rev: touched.rev}]->(n)
RETURN count(*) AS written
