// Codings with their passages and what each bears on, in the order in which they were made. Whole
// quotes and memos are for those who may read texts; others see quotes that everybody in them agreed
// to. `key` is what `after` takes.
// mode: read
// scope: projects
// params: programme_id ID?, source_id ID?, concerns_id ID?, stance STRING?, after STRING?, limit INTEGER?
MATCH (s:Source)-[:COLLECTED_IN]->(here:Record)
WHERE s.retired_at IS NULL AND here.id IN $visible_projects
  AND ($source_id IS NULL OR s.id = $source_id)
MATCH (here)-[:PART_OF*0..3]->(g:Programme)
WHERE $programme_id IS NULL OR g.id = $programme_id
MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)
WHERE x.retired_at IS NULL AND k.retired_at IS NULL AND ($stance IS NULL OR k.stance = $stance)
  AND ($after IS NULL OR k.created_at + ' ' + k.id > $after)
MATCH (k)-[:CONCERNS]->(there:Record)
WHERE there.id IN $visible_projects AND ($concerns_id IS NULL OR there.id = $concerns_id)
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
WITH s, here, g, x, k, there ORDER BY k.created_at, k.id LIMIT coalesce($limit, 1000000)
OPTIONAL MATCH (k)-[:BEARS_ON]->(t:Record)
RETURN k.id AS id, k.stance AS stance, k.claim AS claim, 'Counted' IN labels(k) AS counted,
       coalesce(NOT k.affirmed, false) AS carried,
       k.relevance AS relevance, k.richness AS richness, k.rigour AS rigour,
       CASE WHEN here.id IN $quoted_projects THEN k.memo END AS memo,
       CASE WHEN here.id IN $quoted_projects THEN k.ratings_why END AS ratings_why,
       t.id AS target_id, t.code AS target_code,
       [l IN labels(t) WHERE l IN ['Configuration', 'CmoLink', 'Factor', 'ProgrammeTheory',
                                   'Relation', 'Theme']][0] AS target_type,
       coalesce(t.nickname, t.label, t.statement, t.name, t.sentence, t.for_what, t.kind) AS target,
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
