// The role groups of which fewer than three informants are heard in these places or in none, of the
// programmes among them; those who have withdrawn are not counted.
// mode: read
// scope: open (it is what decides whom an actor may name)
// params: places LIST
MATCH (g:Programme)
WHERE g.id IN $places
MATCH (i:Informant)-[:BELONGS_TO]->(g)
WHERE i.role_group IS NOT NULL
WITH g, i.role_group AS role_group,
     CASE WHEN i.retired_at IS NULL AND i.withdrawn_at IS NULL
            AND (NOT EXISTS { MATCH (i)-[:SPEAKS_IN]->(:Source) }
                 OR EXISTS {
                   MATCH (i)-[:SPEAKS_IN]->(s:Source)-[:COLLECTED_IN]->(p:Record)
                   WHERE s.retired_at IS NULL AND p.id IN $places
                     AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
                 })
       THEN 1 ELSE 0 END AS heard
WITH g, role_group, sum(heard) AS informants
WHERE informants < 3
RETURN DISTINCT role_group AS role_group
ORDER BY role_group
