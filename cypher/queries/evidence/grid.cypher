// The codings of some sources, of one stance, source by source in the order of each text. Whole
// quotes and memos are for those who may read texts; others see quotes that everybody in them agreed
// to. A link's name is that of its ends, a relation's that of its parties, and a configuration that
// has none is called by its elements. `key` is what `after` takes.
// mode: read
// scope: projects
// params: source_ids IDS, stance STRING, place_id ID?, kind STRING?, target_id ID?, role_group STRING?, coder_id ID?, after STRING?, limit INTEGER
UNWIND $source_ids AS source_id
MATCH (s:Record {id: source_id})-[:COLLECTED_IN]->(here:Record)
WHERE s:Source AND s.retired_at IS NULL AND here.id IN $visible_projects
MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)-[:CONCERNS]->(there:Record)
WHERE k.stance = $stance AND x.retired_at IS NULL AND k.retired_at IS NULL
  AND there.id IN $visible_projects AND ($place_id IS NULL OR there.id = $place_id)
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  AND ($role_group IS NULL
       OR ((here.id IN $quoted_projects OR $small_groups[$role_group] IS NULL)
           AND EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.role_group = $role_group }))
  AND ($coder_id IS NULL OR EXISTS { MATCH (k)-[:JUDGED_BY]->(u:User) WHERE u.id = $coder_id })
  AND ($target_id IS NULL OR EXISTS { MATCH (k)-[:BEARS_ON]->(t:Record) WHERE t.id = $target_id })
  AND ($kind IS NULL OR ($kind = 'none' AND NOT EXISTS { MATCH (k)-[:BEARS_ON]->(:Record) })
       OR EXISTS { MATCH (k)-[:BEARS_ON]->(t:Record) WHERE $kind IN labels(t) })
WITH s, here, x, k, there,
     right('00000000' + substring(s.code, 2), 8) + ' '
       + right('00000000' + toString(coalesce(x.start, 0)), 8) + ' '
       + CASE WHEN x.start IS NULL THEN x.id + ' ' ELSE '' END + k.id AS key
WHERE $after IS NULL OR key > $after
WITH s, here, x, k, there, key ORDER BY key LIMIT $limit
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
       u.display_name AS judged_by, k.created_at AS created_at, key
ORDER BY key
