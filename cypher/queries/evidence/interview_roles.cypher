// The roles of a programme that somebody could be interviewed from, and of each how many informants
// are heard (with places: in sources of these places), those who have withdrawn left out. `kind` says
// what names the role: informants, stakeholder (a role, group or community for which nobody who was
// interviewed speaks) or finding; a name under which informants of the programme are recorded, in any
// case, is neither of the latter, also where none of them is heard. A group of fewer than three is for those who read the texts of one
// of its informants; whether a stakeholder is spoken for is told to who does not read all that they
// see only where nobody speaks for any.
// mode: read
// scope: projects
// params: programme_id ID, place_ids IDS?
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
CALL (g) {
  MATCH (i:Informant)-[:BELONGS_TO]->(g)
  WHERE i.retired_at IS NULL AND i.role_group IS NOT NULL
    AND (NOT EXISTS { MATCH (i)-[:SPEAKS_IN]->(:Source) }
         OR EXISTS {
           MATCH (i)-[:SPEAKS_IN]->(s:Source)-[:COLLECTED_IN]->(p:Record)
           WHERE s.retired_at IS NULL AND p.id IN $visible_projects
             AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
         })
  RETURN collect(DISTINCT toLower(i.role_group)) AS spoken,
         collect(DISTINCT CASE WHEN $small_groups[i.role_group] IS NOT NULL
                          THEN toLower(i.role_group) END) AS unnamed
}
CALL (g, spoken, unnamed) {
  MATCH (i:Informant)-[:BELONGS_TO]->(g)
  WHERE i.retired_at IS NULL AND i.role_group IS NOT NULL
    AND (NOT EXISTS { MATCH (i)-[:SPEAKS_IN]->(:Source) }
         OR EXISTS {
           MATCH (i)-[:SPEAKS_IN]->(s:Source)-[:COLLECTED_IN]->(p:Record)
           WHERE s.retired_at IS NULL AND p.id IN $visible_projects
             AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
         })
  WITH g, i.role_group AS role,
       CASE WHEN EXISTS {
              MATCH (i)-[:SPEAKS_IN]->(s:Source)-[:COLLECTED_IN]->(p:Record)
              WHERE s.retired_at IS NULL AND p.id IN $visible_projects
                AND p.id IN $quoted_projects
                AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
            }
              OR (g.id IN $quoted_projects AND NOT EXISTS { MATCH (i)-[:SPEAKS_IN]->(:Source) })
         THEN 1 ELSE 0 END AS is_read,
       CASE WHEN i.withdrawn_at IS NULL
              AND ($place_ids IS NULL
                   OR EXISTS {
                     MATCH (i)-[:SPEAKS_IN]->(s:Source)-[:COLLECTED_IN]->(p:Record)
                     WHERE s.retired_at IS NULL AND p.id IN $visible_projects
                       AND p.id IN $place_ids
                   })
         THEN 1 ELSE 0 END AS heard
  WITH role, sum(heard) AS informants, sum(is_read) AS are_read
  WHERE are_read > 0 OR (informants >= 3 AND $small_groups[role] IS NULL)
  RETURN role, 'informants' AS kind, informants, 0 AS place_in_list
  UNION ALL
  MATCH (h:Stakeholder)-[:BELONGS_TO]->(g)
  WHERE h.retired_at IS NULL AND h.kind IN ['role', 'group', 'community']
    AND NOT toLower(h.name) IN spoken
    AND NOT EXISTS {
      MATCH (h)<-[:SPEAKS_FOR]-(i:Informant)-[:SPEAKS_IN]->(s:Source)-[:COLLECTED_IN]->(p:Record)
      WHERE i.retired_at IS NULL AND i.withdrawn_at IS NULL AND s.retired_at IS NULL
        AND p.id IN $visible_projects
    }
    AND (all(place IN $visible_projects WHERE place IN $quoted_projects)
         OR NOT EXISTS {
           MATCH (g)<-[:BELONGS_TO]-(o:Stakeholder)
           WHERE toLower(o.name) IN unnamed OR EXISTS { MATCH (o)<-[:SPEAKS_FOR]-(:Informant) }
         })
  RETURN DISTINCT h.name AS role, 'stakeholder' AS kind, 0 AS informants, 1 AS place_in_list
  UNION ALL
  MATCH (f:Finding)-[:IN]->(p:Record)-[:PART_OF*0..3]->(g)
  WHERE p.id IN $visible_projects AND f.retired_at IS NULL AND p.retired_at IS NULL
    AND f.role_group IS NOT NULL AND NOT toLower(f.role_group) IN spoken
    AND (p.id IN $quoted_projects OR $small_groups[f.role_group] IS NULL)
    AND (NOT EXISTS { MATCH (f)-[:RESTS_ON]->(:Coding) }
         OR EXISTS {
           MATCH (f)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
           WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
             AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
             AND NOT EXISTS {
               MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL
             }
         })
  RETURN DISTINCT f.role_group AS role, 'finding' AS kind, 0 AS informants, 2 AS place_in_list
}
RETURN role, kind, informants
ORDER BY place_in_list, role
