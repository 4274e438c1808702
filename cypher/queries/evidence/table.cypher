// The codings of some sources as columns, for a table to take along: `groups`, what the codings of
// one source concern with their `rows`, and `targets`, what the ids of these are that the codings
// bear on. Who may see what is as in evidence/grid. A row holds: stance, claim, counted, quote,
// paraphrase, relevance, richness, rigour, memo, coder, date, section, locator, start, end, coding,
// target, passage, and the role groups that speak in the passage, but for those too small to be
// named to who does not read its text. Lists are looked through once a place or source, not once a
// row.
// mode: read
// scope: projects
// params: source_ids IDS, stance STRING?, place_id ID?, kind STRING?, target_id ID?, role_group STRING?, coder_id ID?
OPTIONAL MATCH (silent:Informant)<-[:SPOKEN_BY]-(hidden:Excerpt)-[:TAKEN_FROM]->(heard_in:Source)
WHERE silent.withdrawn_at IS NOT NULL
WITH collect(hidden.id) AS withdrawn, collect(DISTINCT heard_in.id) AS silenced
UNWIND $source_ids AS source_id
MATCH (s:Record {id: source_id})-[:COLLECTED_IN]->(here:Record)
WHERE s:Source AND s.retired_at IS NULL AND here.id IN $visible_projects
WITH s, here.id IN $quoted_projects AS reads,
     CASE WHEN s.id IN silenced THEN withdrawn ELSE [] END AS hidden
MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)-[:CONCERNS]->(there:Record)
WHERE x.retired_at IS NULL AND k.retired_at IS NULL AND NOT x.id IN hidden
  AND ($stance IS NULL OR k.stance = $stance) AND ($place_id IS NULL OR there.id = $place_id)
  AND ($role_group IS NULL
       OR ((reads OR $small_groups[$role_group] IS NULL)
           AND EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.role_group = $role_group }))
  AND ($coder_id IS NULL OR EXISTS { MATCH (k)-[:JUDGED_BY]->(c:User) WHERE c.id = $coder_id })
  AND ($target_id IS NULL OR EXISTS { MATCH (k)-[:BEARS_ON]->(b:Record) WHERE b.id = $target_id })
  AND ($kind IS NULL OR ($kind = 'none' AND NOT EXISTS { MATCH (k)-[:BEARS_ON]->(:Record) })
       OR EXISTS { MATCH (k)-[:BEARS_ON]->(b:Record) WHERE $kind IN labels(b) })
OPTIONAL MATCH (k)-[:BEARS_ON]->(t:Record)
OPTIONAL MATCH (k)-[:JUDGED_BY]->(u:User)
WITH there, s, collect([k.stance, k.claim, 'Counted' IN labels(k),
              CASE WHEN reads
                     OR (EXISTS { MATCH (x)-[:SPOKEN_BY]->(:Informant) }
                         AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant)
                                          WHERE NOT coalesce(i.may_quote, false) })
                   THEN x.quote END,
              x.paraphrase, k.relevance, k.richness, k.rigour,
              CASE WHEN reads THEN k.memo END, u.display_name, k.created_at,
              x.section, x.locator, x.start, x.end, k.id, t.id, x.id,
              [(x)-[:SPOKEN_BY]->(i:Informant)
               WHERE i.role_group IS NOT NULL AND i.withdrawn_at IS NULL
                 AND (reads OR $small_groups[i.role_group] IS NULL) | i.role_group]]) AS rows,
     collect(DISTINCT t) AS borne
WHERE there.id IN $visible_projects
WITH collect({project: there.name, source: s.code, title: s.title, kind: s.kind, wave: s.wave,
              rows: rows}) AS groups,
     collect(borne) AS lists
CALL (lists) {
  UNWIND lists AS borne
  UNWIND borne AS t
  WITH DISTINCT t
  OPTIONAL MATCH (t)<-[:HAS_LINK]-(c:Configuration)
  OPTIONAL MATCH (t)-[:STARTS_AT|FROM_PARTY]->(a:Record)
  OPTIONAL MATCH (t)-[:ENDS_AT|TO_PARTY]->(b:Record)
  RETURN collect({target_id: t.id, target_code: t.code,
                  target_type: [l IN labels(t) WHERE l IN ['Configuration', 'CmoLink', 'Factor',
                                                           'ProgrammeTheory', 'Relation',
                                                           'Theme']][0],
                  target_name: CASE
                    WHEN a IS NOT NULL THEN null
                    WHEN 'Configuration' IN labels(t) AND coalesce(t.nickname, t.sentence) IS NULL
                    THEN reduce(
                      said = '',
                      label IN COLLECT {
                        MATCH (t)-[r:IN_CONTEXT|FIRES|LEADS_TO]->(f:Factor)
                        RETURN f.label
                        ORDER BY CASE type(r) WHEN 'IN_CONTEXT' THEN 0 WHEN 'FIRES' THEN 1
                                   ELSE 2 END, r.position, f.label
                      } | said + CASE WHEN said = '' THEN '' ELSE ' + ' END + label)
                    ELSE coalesce(t.nickname, t.label, t.statement, t.name, t.sentence)
                  END,
                  start_name: coalesce(a.label, a.name), end_name: coalesce(b.label, b.name),
                  target_kind: t.kind,
                  roles: [r IN ['Context', 'Mechanism', 'Outcome'] WHERE r IN labels(t)],
                  configuration_id: c.id, configuration_code: c.code}) AS targets
}
RETURN groups, targets
