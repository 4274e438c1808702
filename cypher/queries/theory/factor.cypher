// One factor, retired or not: what it is a kind of and what is a kind of it, which one stands for it
// where labels were merged and for which ones it stands, the configurations that hold it and as
// what, and the links that start or end at it.
// mode: read
// scope: projects
// params: id ID
MATCH (f:Factor {id: $id})-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects
RETURN f.id AS id, f.code AS code, f.rev AS rev, f.retired_at AS retired_at, f.label AS label,
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
         MATCH (f)<-[r:IS_KIND_OF]-(n:Factor)
         WHERE n.retired_at IS NULL
         RETURN {id: n.id, code: n.code, label: n.label, origin: r.origin} ORDER BY n.label
       } AS kinds,
       COLLECT {
         MATCH (f)-[r:SAME_AS]->(k:Factor)
         WHERE r.undone_at IS NULL AND k.retired_at IS NULL
         RETURN {id: k.id, code: k.code, label: k.label}
       } AS merged_into,
       COLLECT {
         MATCH (f)<-[r:SAME_AS]-(k:Factor)
         WHERE r.undone_at IS NULL AND k.retired_at IS NULL
         RETURN {id: k.id, code: k.code, label: k.label} ORDER BY k.label
       } AS stands_for,
       COLLECT {
         MATCH (f)<-[r:IN_CONTEXT|FIRES|LEADS_TO]-(c:Configuration)
         WHERE c.retired_at IS NULL
         RETURN {id: c.id, code: c.code, name: coalesce(c.nickname, c.sentence, c.code),
                 part: type(r)}
         ORDER BY toInteger(substring(c.code, 2)), type(r)
       } AS configurations,
       COLLECT {
         MATCH (f)<-[:STARTS_AT|ENDS_AT]-(l:CmoLink)<-[:HAS_LINK]-(c:Configuration)
         WHERE l.retired_at IS NULL AND c.retired_at IS NULL
         MATCH (l)-[:STARTS_AT]->(a:Factor)
         MATCH (l)-[:ENDS_AT]->(b:Factor)
         RETURN {id: l.id, code: l.code, configuration_id: c.id, configuration: c.code,
                 start: a.label, end: b.label}
         ORDER BY toInteger(substring(l.code, 2))
       } AS links,
       g.id AS programme_id, g.name AS programme, coalesce(g.synthetic, false) AS synthetic
