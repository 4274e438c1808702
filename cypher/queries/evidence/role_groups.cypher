// The role groups that informants of a programme speak for, and how many informants each has; those
// who have withdrawn are left out, and so are those heard only where the reader may not look, or only
// in synthetic sources of a real programme. A group of fewer than three is named to those who read
// the texts of one of its informants.
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
WITH i.role_group AS role_group,
     CASE WHEN EXISTS {
            MATCH (i)-[:SPEAKS_IN]->(s:Source)-[:COLLECTED_IN]->(p:Record)
            WHERE s.retired_at IS NULL AND p.id IN $visible_projects
              AND p.id IN $quoted_projects
              AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
          }
            OR (g.id IN $quoted_projects AND NOT EXISTS { MATCH (i)-[:SPEAKS_IN]->(:Source) })
       THEN 1 ELSE 0 END AS is_read
WITH role_group, count(*) AS informants, sum(is_read) AS are_read
WHERE are_read > 0 OR (informants >= 3 AND $small_groups[role_group] IS NULL)
RETURN role_group, informants
ORDER BY role_group
