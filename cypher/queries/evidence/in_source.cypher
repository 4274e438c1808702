// The codings of one source with what each bears on, in the order of its text. Quotes and memos are
// for those who may read texts, quotes for all where everybody in them agreed. A link's name is that
// of its ends, a relation's that of its parties; `parts` are the roles of a factor or of a link's
// ends.
// mode: read
// scope: projects
// params: source_id ID, coding_id ID?
MATCH (s:Record {id: $source_id})-[:COLLECTED_IN]->(here:Record)
WHERE s:Source AND s.retired_at IS NULL AND here.id IN $visible_projects
MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)-[:CONCERNS]->(there:Record)
WHERE x.retired_at IS NULL AND k.retired_at IS NULL AND there.id IN $visible_projects
  AND ($coding_id IS NULL OR k.id = $coding_id)
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
OPTIONAL MATCH (k)-[:BEARS_ON]->(t:Record)
OPTIONAL MATCH (t)<-[:HAS_LINK]-(c:Configuration)
OPTIONAL MATCH (t)-[:STARTS_AT|FROM_PARTY]->(a:Record)
OPTIONAL MATCH (t)-[:ENDS_AT|TO_PARTY]->(b:Record)
OPTIONAL MATCH (k)-[:JUDGED_BY]->(u:User)
RETURN k.id AS id, k.rev AS rev, k.stance AS stance, k.claim AS claim, 'Counted' IN labels(k) AS counted,
       coalesce(NOT k.affirmed, false) AS carried,
       k.relevance AS relevance, k.richness AS richness, k.rigour AS rigour,
       CASE WHEN here.id IN $quoted_projects THEN k.memo END AS memo,
       t.id AS target_id, t.code AS target_code,
       [l IN labels(t) WHERE l IN ['Configuration', 'CmoLink', 'Factor', 'ProgrammeTheory',
                                   'Relation', 'Theme']][0] AS target_type,
       t.retired_at IS NOT NULL AS target_retired,
       CASE WHEN a IS NULL
         THEN coalesce(t.nickname, t.label, t.statement, t.name, t.sentence)
       END AS target_name,
       coalesce(a.label, a.name) AS start_name, coalesce(b.label, b.name) AS end_name,
       t.kind AS target_kind,
       [r IN ['Context', 'Mechanism', 'Outcome'] WHERE r IN labels(t)] AS roles,
       c.id AS configuration_id, c.code AS configuration_code,
       there.id AS concerns_id, there.name AS concerns, x.id AS excerpt_id, x.anchor AS anchor,
       x.section AS section, x.locator AS locator, x.start AS start, x.end AS end,
       x.paraphrase AS paraphrase,
       CASE WHEN here.id IN $quoted_projects
              OR (EXISTS { MATCH (x)-[:SPOKEN_BY]->(:Informant) }
                  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant)
                                   WHERE NOT coalesce(i.may_quote, false) })
            THEN x.quote END AS quote,
       u.display_name AS judged_by, k.created_at AS created_at, x.created_at AS taken_at
ORDER BY start, end, taken_at, excerpt_id, created_at, id
