// Where in the texts of some sources a role group speaks (`labels` under which it is heard), and where
// passages of a stance stand (`spans`).
// mode: read
// scope: open (asked by the search alone, for sources that it was given for this reader)
// params: ids IDS, role_group STRING?, stance STRING?
UNWIND $ids AS id
MATCH (s:Record {id: id})
WHERE s:Source
RETURN s.id AS id,
       COLLECT {
         MATCH (i:Informant)-[r:SPEAKS_IN]->(s)
         WHERE i.role_group = $role_group AND i.retired_at IS NULL AND i.withdrawn_at IS NULL
         RETURN r.label
       } AS labels,
       COLLECT {
         MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)-[:CONCERNS]->(there:Record)
         WHERE k.stance = $stance AND k.retired_at IS NULL AND x.retired_at IS NULL
           AND x.start IS NOT NULL AND there.id IN $visible_projects
         RETURN [x.start, x.end]
       } AS spans
