// For each source in which these informants speak, its speaker turns and the passages that do not
// name them: [id, start, quote].
// mode: read
// scope: open (a write names informants in the passages that hold their words)
// params: ids LIST
UNWIND $ids AS id
MATCH (i:Record {id: id})-[r:SPEAKS_IN]->(s:Source)
WHERE r.label IN s.turn_speakers
RETURN i.id AS informant, r.label AS label, s.turn_starts AS starts, s.turn_speakers AS speakers,
       COLLECT {
         MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)
         WHERE x.start IS NOT NULL AND x.quote IS NOT NULL
           AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i) }
         RETURN [x.id, x.start, x.quote] ORDER BY x.id
       } AS excerpts
ORDER BY informant, label
