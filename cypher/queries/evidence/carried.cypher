// Codings that were carried over from an earlier version of a configuration and wait for a person to
// affirm or drop them; until then none of them counts. With a target those on it, and on its links.
// `key` is what `after` takes.
// mode: read
// scope: projects
// params: programme_id ID?, target_id ID?, concerns_id ID?, after STRING?, limit INTEGER?
MATCH (k:Coding)
WHERE k.affirmed = false AND k.retired_at IS NULL
  AND ($after IS NULL OR k.created_at + ' ' + k.id > $after)
MATCH (k)-[:BEARS_ON]->(t:Record)
WHERE t.retired_at IS NULL
OPTIONAL MATCH (t)<-[:HAS_LINK]-(c:Configuration)
WITH k, t, c
WHERE c.retired_at IS NULL AND ($target_id IS NULL OR t.id = $target_id OR c.id = $target_id)
MATCH (k)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(here:Record)
MATCH (k)-[:CONCERNS]->(there:Record)
WHERE x.retired_at IS NULL AND s.retired_at IS NULL
  AND here.id IN $visible_projects AND there.id IN $visible_projects
  AND ($concerns_id IS NULL OR there.id = $concerns_id)
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
MATCH (here)-[:PART_OF*0..3]->(g:Programme)
WHERE $programme_id IS NULL OR g.id = $programme_id
WITH s, here, g, x, k, there, t, c ORDER BY k.created_at, k.id LIMIT coalesce($limit, 1000000)
RETURN k.id AS id, k.stance AS stance, k.claim AS claim,
       k.relevance AS relevance, k.richness AS richness, k.rigour AS rigour,
       CASE WHEN here.id IN $quoted_projects THEN k.memo END AS memo,
       t.id AS target_id, t.code AS target_code,
       coalesce(c.id, t.id) AS configuration_id, coalesce(c.code, t.code) AS configuration_code,
       coalesce(c.nickname, c.sentence, t.nickname, t.sentence) AS configuration,
       COLLECT { MATCH (k)-[:CARRIED_FROM]->(:Coding)-[:BEARS_ON]->(o:Record) RETURN o.code }[0]
         AS carried_from_code,
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
       s.id AS source_id, s.code AS source_code, s.title AS source,
       COLLECT { MATCH (k)-[:JUDGED_BY]->(u:User) RETURN u.display_name }[0] AS judged_by,
       k.created_at AS created_at, g.id AS programme_id, g.name AS programme,
       k.created_at + ' ' + k.id AS key
ORDER BY created_at, id
