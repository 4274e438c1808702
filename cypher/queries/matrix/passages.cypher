// The passages of some codings, contradictions first. Whole quotes and memos are for those who may
// read texts; others see quotes that everybody in them agreed to.
// mode: read
// scope: projects
// params: programme_id ID, coding_ids IDS
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
UNWIND $coding_ids AS coding_id
MATCH (k:Record {id: coding_id})-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
WHERE k:Coding AND k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
  AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
MATCH (s)-[:COLLECTED_IN]->(here:Record)
MATCH (k)-[:CONCERNS]->(there:Record)
WHERE here.id IN $visible_projects AND there.id IN $visible_projects
  AND EXISTS { MATCH (here)-[:PART_OF*0..3]->(g) }
OPTIONAL MATCH (k)-[:BEARS_ON]->(t:Record)
RETURN k.id AS id, k.stance AS stance, k.claim AS claim, 'Counted' IN labels(k) AS counted,
       coalesce(NOT k.affirmed, false) AS carried, t.id AS target_id, t.code AS target_code,
       CASE WHEN here.id IN $quoted_projects THEN k.memo END AS memo,
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
       COLLECT { MATCH (k)-[:JUDGED_BY]->(u:User) RETURN u.display_name }[0] AS judged_by
ORDER BY CASE stance WHEN 'refutes' THEN 0 WHEN 'refines' THEN 1 WHEN 'supports' THEN 2 ELSE 3 END,
         toInteger(substring(source_code, 2)), start, locator, id
