// One configuration, retired or not: its three sets in the order stated, where it is stated, what
// it tests, rivals and ripples into, the steps between its versions, and why it was retired.
// mode: read
// scope: projects
// params: id ID
MATCH (c:Configuration {id: $id})-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects
RETURN c.id AS id, c.code AS code, c.rev AS rev, c.retired_at AS retired_at,
       c.nickname AS nickname, c.sentence AS sentence, c.because AS because, c.form AS form,
       c.status AS status, c.for_whom AS for_whom, c.intervention AS intervention,
       COLLECT {
         MATCH (c)-[r:IN_CONTEXT]->(f:Factor)
         RETURN {id: f.id, code: f.code, label: f.label, origin: f.origin}
         ORDER BY r.position, f.label
       } AS contexts,
       COLLECT {
         MATCH (c)-[r:FIRES]->(f:Factor)
         RETURN {id: f.id, code: f.code, label: f.label, origin: f.origin,
                 reasoning: f.reasoning, reasoning_known: f.reasoning_known}
         ORDER BY r.position, f.label
       } AS mechanisms,
       COLLECT {
         MATCH (c)-[r:LEADS_TO]->(f:Factor)
         RETURN {id: f.id, code: f.code, label: f.label, origin: f.origin}
         ORDER BY r.position, f.label
       } AS outcomes,
       COLLECT {
         MATCH (c)-[r:ABOUT]->(t:Theme)
         WHERE t.retired_at IS NULL
         RETURN {id: t.id, name: t.name, origin: r.origin} ORDER BY t.position, t.name
       } AS themes,
       COLLECT {
         MATCH (c)-[r:STATED_IN]->(s:Source)-[:COLLECTED_IN]->(here:Record)
         WHERE s.retired_at IS NULL AND here.id IN $visible_projects
         RETURN {id: s.id, code: s.code, title: s.title, locator: r.locator}
         ORDER BY s.code, r.locator
       } AS stated_in,
       COLLECT {
         MATCH (c)-[:TESTS]->(t:ProgrammeTheory)
         WHERE t.retired_at IS NULL
         RETURN {id: t.id, code: t.code, statement: t.statement} ORDER BY t.code
       } AS tests,
       COLLECT {
         MATCH (c)-[:RIVALS]-(o:Configuration)
         WHERE o.retired_at IS NULL
         RETURN DISTINCT {id: o.id, code: o.code, name: coalesce(o.nickname, o.sentence, o.code)}
       } AS rivals,
       COLLECT {
         MATCH (c)-[r:RIPPLES_INTO]->(o:Configuration)
         WHERE o.retired_at IS NULL
         RETURN {id: o.id, code: o.code, name: coalesce(o.nickname, o.sentence, o.code),
                 observed: r.observed}
         ORDER BY o.code
       } AS ripples_into,
       COLLECT {
         MATCH (c)<-[:TO_VERSION]-(v:Revision)-[:FROM_VERSION]->(o:Record)
         WHERE v.retired_at IS NULL
         RETURN {id: o.id, code: o.code, kind: [l IN labels(o) WHERE l <> 'Record'][0], why: v.why}
         ORDER BY o.code
       } AS refined_from,
       COLLECT {
         MATCH (c)<-[:FROM_VERSION]-(v:Revision)-[:TO_VERSION]->(o:Record)
         WHERE v.retired_at IS NULL
         RETURN {id: o.id, code: o.code, kind: [l IN labels(o) WHERE l <> 'Record'][0], why: v.why}
         ORDER BY o.code
       } AS refined_into,
       g.id AS programme_id, g.name AS programme, coalesce(g.synthetic, false) AS synthetic
