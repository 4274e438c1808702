// Which role groups speak in the passages of some sources, as one column of pairs: a passage, a
// group. Groups that are too small to be named are for those who read texts.
// mode: read
// scope: projects
// params: source_ids IDS
UNWIND $source_ids AS source_id
MATCH (s:Record {id: source_id})-[:COLLECTED_IN]->(here:Record)
WHERE s:Source AND s.retired_at IS NULL AND here.id IN $visible_projects
MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)-[:SPOKEN_BY]->(i:Informant)
WHERE x.retired_at IS NULL AND i.role_group IS NOT NULL AND i.withdrawn_at IS NULL
  AND (here.id IN $quoted_projects OR $small_groups[i.role_group] IS NULL)
RETURN collect(DISTINCT [x.id, i.role_group]) AS pairs
