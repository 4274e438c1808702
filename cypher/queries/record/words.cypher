// Whose words passages, codings of them, and texts hold: where they were collected, whether somebody
// who speaks has withdrawn, whether all agreed to be quoted, and for a text the labels of those who
// have withdrawn (null for one that is not known); and where findings belong.
// mode: read
// scope: open (the service leaves out what the actor may not read)
// params: ids LIST
UNWIND $ids AS id
MATCH (n:Record {id: id})
WHERE n:Excerpt OR n:Coding
MATCH (n)-[:CODES*0..1]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(place:Record)
OPTIONAL MATCH (x)-[:SPOKEN_BY]->(i:Informant)
WITH id, s, place, collect(i) AS voices
RETURN id, place.id AS place, any(i IN voices WHERE i.withdrawn_at IS NOT NULL) AS withdrawn,
       size(voices) > 0 AND all(i IN voices WHERE coalesce(i.may_quote, false)) AS may_quote,
       EXISTS { MATCH (s)<-[:SPEAKS_IN]-(o:Informant) WHERE o.withdrawn_at IS NOT NULL } AS around,
       [] AS labels
UNION ALL
UNWIND $ids AS id
MATCH (s:Record {id: id})-[:COLLECTED_IN]->(place:Record)
WHERE s:Source
OPTIONAL MATCH (s)<-[r:SPEAKS_IN]-(i:Informant)
WHERE i.withdrawn_at IS NOT NULL
WITH id, place, collect({label: r.label, gone: i IS NOT NULL}) AS found
WITH id, place, [f IN found WHERE f.gone | f.label] AS labels
RETURN id, place.id AS place, size(labels) > 0 AS withdrawn, false AS may_quote,
       size(labels) > 0 AS around, labels
UNION ALL
UNWIND $ids AS id
MATCH (f:Record {id: id})-[:IN]->(place:Record)
WHERE f:Finding
RETURN id, place.id AS place, false AS withdrawn, false AS may_quote, false AS around, [] AS labels
