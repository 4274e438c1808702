// What the codings of one source bear on, each with these `codings` (what bears on nothing yet: a row
// without target). Quotes and memos are for those who may read texts, quotes for all where everybody
// in them agreed. A link's name is that of its ends, a relation's that of its parties, and a
// configuration that has none is called by its elements; `roles` are those of a factor.
// mode: read
// scope: projects
// params: source_id ID, coding_id ID?
MATCH (s:Record {id: $source_id})-[:COLLECTED_IN]->(here:Record)
WHERE s:Source AND s.retired_at IS NULL AND here.id IN $visible_projects
WITH s, here.id IN $quoted_projects AS reads
MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)-[:CONCERNS]->(there:Record)
WHERE x.retired_at IS NULL AND k.retired_at IS NULL AND there.id IN $visible_projects
  AND ($coding_id IS NULL OR k.id = $coding_id)
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
OPTIONAL MATCH (k)-[:BEARS_ON]->(t:Record)
OPTIONAL MATCH (k)-[:JUDGED_BY]->(u:User)
WITH t, collect({
       id: k.id, rev: k.rev, stance: k.stance, claim: k.claim, counted: 'Counted' IN labels(k),
       carried: coalesce(NOT k.affirmed, false),
       relevance: k.relevance, richness: k.richness, rigour: k.rigour,
       memo: CASE WHEN reads THEN k.memo END,
       concerns_id: there.id, concerns: there.name, excerpt_id: x.id, anchor: x.anchor,
       section: x.section, locator: x.locator, start: x.start, end: x.end, paraphrase: x.paraphrase,
       quote: CASE WHEN reads
                     OR (EXISTS { MATCH (x)-[:SPOKEN_BY]->(:Informant) }
                         AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant)
                                          WHERE NOT coalesce(i.may_quote, false) })
                   THEN x.quote END,
       judged_by: u.display_name, created_at: k.created_at, taken_at: x.created_at}) AS codings
OPTIONAL MATCH (t)<-[:HAS_LINK]-(c:Configuration)
OPTIONAL MATCH (t)-[:STARTS_AT|FROM_PARTY]->(a:Record)
OPTIONAL MATCH (t)-[:ENDS_AT|TO_PARTY]->(b:Record)
RETURN t.id AS target_id, t.code AS target_code,
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
       c.id AS configuration_id, c.code AS configuration_code, codings
ORDER BY target_id
