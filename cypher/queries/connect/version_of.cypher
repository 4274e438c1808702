// Makes new relationships VERSION_OF; each row has start, end and what the relationship carries.
// mode: write
// scope: open (the service has checked the role)
// params: rows LIST
UNWIND $rows AS row
MATCH (a:Record {id: row.start})
MATCH (b:Record {id: row.end})
CREATE (a)-[r:VERSION_OF]->(b)
SET r = row.carries
RETURN count(r) AS made
