// The passages behind a thing, contradictions first: codings that bear on it, on its links
// (configuration), on configurations that test it (theory), or that it rests on (finding,
// assessment). Whole quotes and memos are for those who may read texts; others see quotes that
// everybody in them agreed to.
// mode: read
// scope: projects
// params: target ID, concerns_id ID?
MATCH (n:Record {id: $target})
OPTIONAL MATCH (n)<-[:TESTS]-(c:Configuration)
WHERE c.retired_at IS NULL
WITH n, [n] + collect(c) AS tested
UNWIND tested AS m
OPTIONAL MATCH (m)-[:HAS_LINK]->(l:CmoLink)
WHERE l.retired_at IS NULL
WITH n, m, collect(l) AS links
UNWIND [m] + links AS thing
OPTIONAL MATCH (thing)<-[:BEARS_ON]-(b:Coding)
WITH n, collect(b) AS bearing
OPTIONAL MATCH (n)-[:RESTS_ON]->(r:Coding)
WITH bearing, collect(r) AS resting
UNWIND bearing + resting AS k
WITH DISTINCT k
MATCH (k)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(here:Record)
MATCH (k)-[:CONCERNS]->(there:Record)
WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
  AND here.id IN $visible_projects AND there.id IN $visible_projects
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  AND ($concerns_id IS NULL OR there.id = $concerns_id)
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
       k.created_at AS created_at
ORDER BY CASE stance WHEN 'refutes' THEN 0 WHEN 'supports' THEN 1 WHEN 'refines' THEN 2 ELSE 3 END,
         toInteger(substring(source_code, 2)), start, locator, id
