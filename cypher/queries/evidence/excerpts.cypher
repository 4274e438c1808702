// Passages taken from a source, in the order of its text, with how many codings each carries. Whole
// quotes are for those who may read texts, and for all where everybody in it agreed to be quoted.
// mode: read
// scope: projects
// params: source_id ID, after STRING?, limit INTEGER?
MATCH (s:Record {id: $source_id})-[:COLLECTED_IN]->(place:Record)
WHERE s:Source AND place.id IN $visible_projects AND s.retired_at IS NULL
MATCH (x:Excerpt)-[:TAKEN_FROM]->(s)
WHERE x.retired_at IS NULL
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
WITH s, place, x,
     right('00000000' + toString(coalesce(x.start, 99999999)), 8) + ' ' + x.created_at + ' ' + x.id AS key
WHERE $after IS NULL OR key > $after
WITH s, place, x, key ORDER BY key LIMIT coalesce($limit, 1000000)
OPTIONAL MATCH (x)<-[:CODES]-(k:Coding)-[:CONCERNS]->(p:Record)
WHERE k.retired_at IS NULL AND p.id IN $visible_projects
WITH s, place, x, key, count(k) AS codings
RETURN x.id AS id, x.anchor AS anchor, x.section AS section, x.locator AS locator,
       x.start AS start, x.end AS end, x.paraphrase AS paraphrase,
       CASE WHEN place.id IN $quoted_projects
              OR (EXISTS { MATCH (x)-[:SPOKEN_BY]->(:Informant) }
                  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant)
                                   WHERE NOT coalesce(i.may_quote, false) })
            THEN x.quote END AS quote,
       COLLECT {
         MATCH (x)-[:SPOKEN_BY]->(i:Informant)
         RETURN {id: i.id,
                 pseudonym: CASE WHEN place.id IN $quoted_projects THEN i.pseudonym END,
                 role_group: CASE WHEN place.id IN $quoted_projects
                                    OR $small_groups[i.role_group] IS NULL THEN i.role_group END}
         ORDER BY i.pseudonym
       } AS speakers,
       codings, s.id AS source_id, s.code AS source_code, key
ORDER BY key
