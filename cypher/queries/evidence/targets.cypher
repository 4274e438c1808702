// What a passage of a programme may be coded to, by kind and in the order of codes: factors, links,
// configurations, programme theories, relations and themes; `words` narrows it to names that hold
// them. A link's name is that of its ends, a relation's that of its parties; a configuration that has
// none is called by its elements.
// mode: read
// scope: projects
// params: programme_id ID, words STRING?, limit INTEGER?
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
CALL (g) {
  MATCH (t:Record)-[:BELONGS_TO]->(g)
  WHERE (t:Factor OR t:ProgrammeTheory OR t:Configuration OR t:Theme) AND t.retired_at IS NULL
  RETURN t, null AS a, null AS b, null AS c
  UNION ALL
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  MATCH (c)-[:HAS_LINK]->(t:CmoLink)-[:STARTS_AT]->(a:Factor)
  MATCH (t)-[:ENDS_AT]->(b:Factor)
  WHERE t.retired_at IS NULL AND c.retired_at IS NULL
  RETURN t, a, b, c
  UNION ALL
  MATCH (t:Relation)-[:WITHIN]->(w:Record)-[:PART_OF*0..3]->(g)
  WHERE t.retired_at IS NULL AND w.id IN $visible_projects
  MATCH (t)-[:FROM_PARTY]->(a:Record)
  MATCH (t)-[:TO_PARTY]->(b:Record)
  RETURN t, a, b, null AS c
}
WITH t, a, b, c, coalesce(a.label, a.name) AS start_name, coalesce(b.label, b.name) AS end_name,
     coalesce(t.nickname, t.label, t.statement, t.name, t.sentence) AS own_name,
     [l IN labels(t) WHERE l IN ['Configuration', 'CmoLink', 'Factor', 'ProgrammeTheory',
                                 'Relation', 'Theme']][0] AS target_type
WITH t, a, b, c, start_name, end_name, target_type,
     CASE
       WHEN a IS NOT NULL THEN null
       WHEN own_name IS NULL AND target_type = 'Configuration' THEN reduce(
         said = '',
         label IN COLLECT {
           MATCH (t)-[r:IN_CONTEXT|FIRES|LEADS_TO]->(f:Factor)
           RETURN f.label
           ORDER BY CASE type(r) WHEN 'IN_CONTEXT' THEN 0 WHEN 'FIRES' THEN 1 ELSE 2 END,
                    r.position, f.label
         } | said + CASE WHEN said = '' THEN '' ELSE ' + ' END + label)
       ELSE coalesce(own_name, '')
     END AS target_name
WHERE $words IS NULL OR t.code = toUpper($words)
   OR toLower(coalesce(target_name, start_name + ' ' + end_name)) CONTAINS toLower($words)
RETURN t.id AS target_id, t.code AS target_code, target_type, target_name, start_name, end_name,
       t.kind AS target_kind,
       [r IN ['Context', 'Mechanism', 'Outcome'] WHERE r IN labels(t)] AS roles,
       c.id AS configuration_id, c.code AS configuration_code
ORDER BY CASE target_type WHEN 'Factor' THEN 0 WHEN 'CmoLink' THEN 1 WHEN 'Configuration' THEN 2
              WHEN 'ProgrammeTheory' THEN 3 WHEN 'Relation' THEN 4 ELSE 5 END,
         toInteger(substring(coalesce(target_code, 'X-0'), 2)), target_name, target_id
LIMIT coalesce($limit, 1000000)
