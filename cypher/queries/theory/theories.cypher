// Programme theories, with their themes, their rivals and the configurations that test them.
// mode: read
// scope: projects
// params: programme_id ID?, stage STRING?
MATCH (t:ProgrammeTheory)-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects AND t.retired_at IS NULL AND g.retired_at IS NULL
  AND ($programme_id IS NULL OR g.id = $programme_id) AND ($stage IS NULL OR t.stage = $stage)
RETURN t.id AS id, t.code AS code, t.statement AS statement, t.stage AS stage,
       t.support_decided AS support_decided, t.support_why AS support_why,
       COLLECT {
         MATCH (t)-[r:ABOUT]->(h:Theme)
         WHERE h.retired_at IS NULL
         RETURN {id: h.id, name: h.name, origin: r.origin} ORDER BY h.position, h.name
       } AS themes,
       COLLECT {
         MATCH (t)-[:RIVALS]-(o:ProgrammeTheory)
         WHERE o.retired_at IS NULL
         RETURN DISTINCT {id: o.id, code: o.code, statement: o.statement}
       } AS rivals,
       COLLECT {
         MATCH (t)<-[:TESTS]-(c:Configuration)
         WHERE c.retired_at IS NULL
         RETURN {id: c.id, code: c.code, nickname: c.nickname} ORDER BY c.code
       } AS tested_by,
       COLLECT {
         MATCH (t)-[r:STATED_IN]->(s:Source)
         WHERE s.retired_at IS NULL
         RETURN {id: s.id, code: s.code, title: s.title, locator: r.locator} ORDER BY s.code, r.locator
       } AS stated_in,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(code, 2))
