// These codings (ids), as evidence/grid tells them, in no order. Whole quotes and memos are for those
// who may read texts; others see quotes that everybody in them agreed to.
// mode: read
// scope: projects
// params: coding_ids IDS
UNWIND $coding_ids AS coding_id
MATCH (k:Record {id: coding_id})-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
WHERE k:Coding AND k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
MATCH (s)-[:COLLECTED_IN]->(here:Record), (k)-[:CONCERNS]->(there:Record)
WHERE here.id IN $visible_projects AND there.id IN $visible_projects
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
OPTIONAL MATCH (k)-[:BEARS_ON]->(t:Record)
OPTIONAL MATCH (t)<-[:HAS_LINK]-(c:Configuration)
OPTIONAL MATCH (t)-[:STARTS_AT|FROM_PARTY]->(a:Record)
OPTIONAL MATCH (t)-[:ENDS_AT|TO_PARTY]->(b:Record)
OPTIONAL MATCH (k)-[:JUDGED_BY]->(u:User)
RETURN k.id AS id, k.stance AS stance, k.claim AS claim, 'Counted' IN labels(k) AS counted,
       k.relevance AS relevance, k.richness AS richness, k.rigour AS rigour,
       CASE WHEN here.id IN $quoted_projects THEN k.memo END AS memo,
       t.id AS target_id, t.code AS target_code,
       [l IN labels(t) WHERE l IN ['Configuration', 'CmoLink', 'Factor', 'ProgrammeTheory',
                                   'Relation', 'Theme']][0] AS target_type,
       CASE
         WHEN a IS NOT NULL THEN null
         WHEN 'Configuration' IN labels(t) AND coalesce(t.nickname, t.sentence) IS NULL THEN reduce(
           said = '',
           label IN COLLECT {
             MATCH (t)-[r:IN_CONTEXT|FIRES|LEADS_TO]->(f:Factor)
             RETURN f.label
             ORDER BY CASE type(r) WHEN 'IN_CONTEXT' THEN 0 WHEN 'FIRES' THEN 1 ELSE 2 END,
                      r.position, f.label
           } | said + CASE WHEN said = '' THEN '' ELSE ' + ' END + label)
         ELSE coalesce(t.nickname, t.label, t.statement, t.name, t.sentence)
       END AS target_name,
       coalesce(a.label, a.name) AS start_name, coalesce(b.label, b.name) AS end_name,
       t.kind AS target_kind,
       [r IN ['Context', 'Mechanism', 'Outcome'] WHERE r IN labels(t)] AS roles,
       c.id AS configuration_id, c.code AS configuration_code,
       there.id AS concerns_id, there.name AS concerns, x.anchor AS anchor, x.section AS section,
       x.locator AS locator, x.start AS start, x.end AS end, x.paraphrase AS paraphrase,
       CASE WHEN here.id IN $quoted_projects
              OR (EXISTS { MATCH (x)-[:SPOKEN_BY]->(:Informant) }
                  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant)
                                   WHERE NOT coalesce(i.may_quote, false) })
            THEN x.quote END AS quote,
       COLLECT {
         MATCH (x)-[:SPOKEN_BY]->(i:Informant)
         WHERE here.id IN $quoted_projects OR $small_groups[i.role_group] IS NULL
         RETURN DISTINCT i.role_group
       } AS role_groups,
       s.id AS source_id, s.code AS source_code, s.kind AS source_kind, s.wave AS wave,
       u.display_name AS judged_by, k.created_at AS created_at
