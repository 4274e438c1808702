// Codings that bear on nothing yet: passages that somebody marked and that are still to place.
// `key` is what `after` takes.
// mode: read
// scope: projects
// params: programme_id ID?, after STRING?, limit INTEGER?
MATCH (k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(here:Record)
WHERE NOT EXISTS { MATCH (k)-[:BEARS_ON]->(:Record) }
  AND ($after IS NULL OR k.created_at + ' ' + k.id > $after)
MATCH (k)-[:CONCERNS]->(there:Record)
WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
  AND here.id IN $visible_projects AND there.id IN $visible_projects
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
MATCH (here)-[:PART_OF*0..3]->(g:Programme)
WHERE $programme_id IS NULL OR g.id = $programme_id
WITH s, here, g, x, k, there ORDER BY k.created_at, k.id LIMIT coalesce($limit, 1000000)
RETURN k.id AS id, k.stance AS stance, k.claim AS claim, 'Counted' IN labels(k) AS counted,
       k.relevance AS relevance, k.richness AS richness, k.rigour AS rigour,
       CASE WHEN here.id IN $quoted_projects THEN k.memo END AS memo,
       CASE WHEN here.id IN $quoted_projects THEN k.ratings_why END AS ratings_why,
       there.id AS concerns_id, there.name AS concerns, x.id AS excerpt_id, x.anchor AS anchor,
       x.section AS section, x.locator AS locator, x.start AS start, x.end AS end,
       x.paraphrase AS paraphrase,
       CASE WHEN here.id IN $quoted_projects
              OR (EXISTS { MATCH (x)-[:SPOKEN_BY]->(:Informant) }
                  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant)
                                   WHERE NOT coalesce(i.may_quote, false) })
            THEN x.quote END AS quote,
       COLLECT {
         MATCH (x)-[:SPOKEN_BY]->(i:Informant)
         RETURN {id: i.id,
                 pseudonym: CASE WHEN here.id IN $quoted_projects THEN i.pseudonym END,
                 role_group: CASE WHEN here.id IN $quoted_projects
                                    OR $small_groups[i.role_group] IS NULL THEN i.role_group END}
         ORDER BY i.pseudonym
       } AS speakers,
       s.id AS source_id, s.code AS source_code, s.title AS source, s.kind AS source_kind,
       s.coverage AS coverage, s.wave AS wave,
       COLLECT { MATCH (k)-[:JUDGED_BY]->(u:User) RETURN u.display_name }[0] AS judged_by,
       k.created_at AS created_at, g.id AS programme_id, g.name AS programme,
       k.created_at + ' ' + k.id AS key
ORDER BY created_at, id
