// What a change did: the records it touched, with the revision it gave them, and its content.
// mode: read
// scope: open (the service compares the records' places with what the actor may see)
// params: id STRING
MATCH (c:Change {id: $id})-[:JUDGED_BY]->(u:User)
MATCH (c)-[:HOLDS]->(h:ChangeContent)
OPTIONAL MATCH (c)-[r:CHANGED]->(n:Record)
RETURN c.id AS id, c.at AS at, c.action AS action, c.fields AS fields, c.why AS why,
       c.undoes AS undoes, c.part_of AS part_of, u.id AS user, u.display_name AS who,
       h.before AS before, h.after AS after, collect({id: n.id, rev: r.rev}) AS records
