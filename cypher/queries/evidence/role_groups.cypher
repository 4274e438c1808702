// The role groups that informants of a programme speak for, and how many informants each has; those
// who have withdrawn are left out, and so are those heard only where the reader may not look, or only
// in synthetic sources of a real programme. Groups of fewer than three are for those who read texts.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (i:Informant)-[:BELONGS_TO]->(g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL AND i.retired_at IS NULL
  AND i.withdrawn_at IS NULL AND i.role_group IS NOT NULL
  AND (NOT EXISTS { MATCH (i)-[:SPEAKS_IN]->(:Source) }
       OR EXISTS {
         MATCH (i)-[:SPEAKS_IN]->(s:Source)-[:COLLECTED_IN]->(p:Record)
         WHERE s.retired_at IS NULL AND p.id IN $visible_projects
           AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
       })
WITH g, i.role_group AS role_group, count(i) AS informants
WHERE g.id IN $quoted_projects OR (informants >= 3 AND $small_groups[role_group] IS NULL)
RETURN role_group, informants
ORDER BY role_group
