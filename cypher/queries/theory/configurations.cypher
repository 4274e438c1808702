// Configurations with their three sets in the order stated, where they are stated, and what they
// test. Sets that are stated together assert no link; `links` counts those that somebody asserted.
// mode: read
// scope: projects
// params: programme_id ID?, status STRING?, theme_id ID?, after STRING?, limit INTEGER?
MATCH (c:Configuration)-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects AND c.retired_at IS NULL AND g.retired_at IS NULL
  AND ($programme_id IS NULL OR g.id = $programme_id) AND ($status IS NULL OR c.status = $status)
  AND ($theme_id IS NULL OR EXISTS { MATCH (c)-[:ABOUT]->(t:Theme) WHERE t.id = $theme_id })
  AND ($after IS NULL OR toInteger(substring(c.code, 2)) > toInteger(substring($after, 2)))
WITH c, g ORDER BY g.name, toInteger(substring(c.code, 2)) LIMIT coalesce($limit, 1000000)
RETURN c.id AS id, c.code AS code, c.nickname AS nickname, c.sentence AS sentence,
       c.because AS because, c.form AS form, c.status AS status, c.for_whom AS for_whom,
       c.intervention AS intervention,
       COLLECT {
         MATCH (c)-[r:IN_CONTEXT]->(f:Factor)
         RETURN {id: f.id, code: f.code, label: f.label} ORDER BY r.position, f.label
       } AS contexts,
       COLLECT {
         MATCH (c)-[r:FIRES]->(f:Factor)
         RETURN {id: f.id, code: f.code, label: f.label, reasoning_known: f.reasoning_known}
         ORDER BY r.position, f.label
       } AS mechanisms,
       COLLECT {
         MATCH (c)-[r:LEADS_TO]->(f:Factor)
         RETURN {id: f.id, code: f.code, label: f.label} ORDER BY r.position, f.label
       } AS outcomes,
       COLLECT {
         MATCH (c)-[r:STATED_IN]->(s:Source)
         WHERE s.retired_at IS NULL
         RETURN {id: s.id, code: s.code, title: s.title, locator: r.locator} ORDER BY s.code, r.locator
       } AS stated_in,
       COLLECT {
         MATCH (c)-[:TESTS]->(t:ProgrammeTheory)
         WHERE t.retired_at IS NULL
         RETURN {id: t.id, code: t.code, statement: t.statement} ORDER BY t.code
       } AS tests,
       COLLECT {
         MATCH (c)-[r:ABOUT]->(t:Theme)
         WHERE t.retired_at IS NULL
         RETURN {id: t.id, name: t.name, origin: r.origin} ORDER BY t.position, t.name
       } AS themes,
       COLLECT {
         MATCH (c)-[:RIVALS]-(o:Configuration)
         WHERE o.retired_at IS NULL
         RETURN DISTINCT {id: o.id, code: o.code, nickname: o.nickname}
       } AS rivals,
       COLLECT {
         MATCH (c)-[r:RIPPLES_INTO]->(o:Configuration)
         WHERE o.retired_at IS NULL
         RETURN {id: o.id, code: o.code, nickname: o.nickname, observed: r.observed} ORDER BY o.code
       } AS ripples_into,
       COUNT { MATCH (c)-[:HAS_LINK]->(l:CmoLink) WHERE l.retired_at IS NULL } AS links,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(code, 2))
