// What some changes touched, as one column of [change, [[record, its labels, the revision that it
// was given, the labels of what it bears on, whether something rests on it]]].
// mode: read
// scope: open (ids, kinds and numbers, which say nothing of what records hold)
// params: ids LIST
UNWIND $ids AS id
MATCH (c:Change {id: id})
OPTIONAL MATCH (c)-[r:CHANGED]->(n:Record)
OPTIONAL MATCH (n)-[:BEARS_ON]->(t:Record)
WITH c, collect([n.id, labels(n), r.rev, labels(t),
                 EXISTS { MATCH (n)<-[:RESTS_ON|MOVED_BY]-(:Record) }]) AS touched
RETURN collect([c.id, touched]) AS changes
