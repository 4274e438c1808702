// The codebook: contexts, mechanisms and outcomes, what each is a kind of, and which one stands for
// it (`merged_into`) where labels were merged.
// mode: read
// scope: projects
// params: programme_id ID?, role STRING?, after STRING?, limit INTEGER?
MATCH (f:Factor)-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects AND f.retired_at IS NULL AND g.retired_at IS NULL
  AND ($programme_id IS NULL OR g.id = $programme_id) AND ($role IS NULL OR $role IN labels(f))
  AND ($after IS NULL OR toInteger(substring(f.code, 2)) > toInteger(substring($after, 2)))
WITH f, g ORDER BY g.name, toInteger(substring(f.code, 2)) LIMIT coalesce($limit, 1000000)
RETURN f.id AS id, f.code AS code, f.label AS label,
       [r IN ['Context', 'Mechanism', 'Outcome'] WHERE r IN labels(f)] AS roles,
       coalesce(f.aliases, []) AS aliases, f.origin AS origin, f.category AS category,
       f.level AS level, f.level_note AS level_note, f.four_i AS four_i,
       f.receptive_factor AS receptive_factor, f.resource AS resource, f.reasoning AS reasoning,
       f.reasoning_known AS reasoning_known, f.horizon AS horizon, f.intended AS intended,
       f.measurable AS measurable,
       COLLECT {
         MATCH (f)-[r:IS_KIND_OF]->(b:Factor)
         WHERE b.retired_at IS NULL
         RETURN {id: b.id, code: b.code, label: b.label, origin: r.origin} ORDER BY b.label
       } AS kind_of,
       COLLECT {
         MATCH (f)-[r:SAME_AS]->(k:Factor)
         WHERE r.undone_at IS NULL AND k.retired_at IS NULL
         RETURN {id: k.id, code: k.code, label: k.label}
       }[0] AS merged_into,
       COUNT {
         MATCH (f)<-[:IN_CONTEXT|FIRES|LEADS_TO]-(c:Configuration) WHERE c.retired_at IS NULL
       } AS configurations,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(code, 2))
