// What changes did: the fields before and after, as JSON by record.
// mode: read
// scope: open (the service leaves out the records and words that the actor may not see)
// params: ids LIST
UNWIND $ids AS id
MATCH (c:Change {id: id})-[:HOLDS]->(h:ChangeContent)
RETURN id, h.before AS before, h.after AS after
