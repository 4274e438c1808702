// The factors of a programme to choose from, as one column factors: [id, code, label, aliases,
// roles, rev], in order of their labels; no row where there are none.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
MATCH (f:Factor)-[:BELONGS_TO]->(g)
WHERE f.retired_at IS NULL
WITH g, f ORDER BY toLower(f.label), f.id
RETURN g.id AS programme_id, collect([f.id, f.code, f.label, coalesce(f.aliases, []),
                [r IN ['Context', 'Mechanism', 'Outcome'] WHERE r IN labels(f)], f.rev]) AS factors
