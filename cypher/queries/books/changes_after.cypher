// What happened to a record after a revision, oldest first: who, when, which fields, from what.
// mode: read
// scope: open (told only to somebody who may edit the record)
// params: id STRING, rev INTEGER
MATCH (n:Record {id: $id})<-[r:CHANGED]-(c:Change)-[:JUDGED_BY]->(u:User)
WHERE r.rev > $rev
MATCH (c)-[:HOLDS]->(h:ChangeContent)
RETURN c.id AS id, r.rev AS rev, c.at AS at, c.action AS action, c.fields AS fields,
       c.undoes AS undoes, u.display_name AS who, h.before AS before
ORDER BY rev
