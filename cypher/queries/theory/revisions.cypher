// The steps from earlier theories and configurations to later ones: why, when, and what moved them
// (a coding or an event). A coding of words that were withdrawn is not named.
// mode: read
// scope: projects
// params: programme_id ID?, version_id ID?
MATCH (v:Revision)-[:FROM_VERSION]->(a:Record)-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects AND v.retired_at IS NULL AND g.retired_at IS NULL
  AND ($programme_id IS NULL OR g.id = $programme_id)
WITH DISTINCT v, g
WHERE $version_id IS NULL
   OR EXISTS { MATCH (v)-[:FROM_VERSION|TO_VERSION]->(n:Record) WHERE n.id = $version_id }
RETURN v.id AS id, v.why AS why, v.when_text AS when_text, v.earliest AS earliest,
       v.latest AS latest,
       COLLECT {
         MATCH (v)-[:FROM_VERSION]->(n:Record)
         RETURN {id: n.id, code: n.code, name: coalesce(n.nickname, n.statement, n.sentence)}
         ORDER BY n.code
       } AS from_versions,
       COLLECT {
         MATCH (v)-[:TO_VERSION]->(n:Record)
         RETURN {id: n.id, code: n.code, name: coalesce(n.nickname, n.statement, n.sentence)}
         ORDER BY n.code
       } AS to_versions,
       COLLECT {
         MATCH (v)-[:MOVED_BY]->(e:Event)
         WHERE e.retired_at IS NULL
         RETURN {id: e.id, kind: 'event', name: e.title} ORDER BY e.earliest, e.title
       } + COLLECT {
         MATCH (v)-[:MOVED_BY]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
         MATCH (s)-[:COLLECTED_IN]->(here:Record)
         MATCH (k)-[:CONCERNS]->(there:Record)
         WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
           AND here.id IN $visible_projects AND there.id IN $visible_projects
           AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
         RETURN {id: k.id, kind: 'coding', name: s.code + coalesce(', ' + x.locator, '')}
         ORDER BY s.code, x.locator
       } AS moved_by,
       COLLECT { MATCH (v)-[:JUDGED_BY]->(u:User) RETURN u.display_name }[0] AS judged_by,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, coalesce(earliest, '9999'), id
