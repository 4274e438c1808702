// Links that somebody asserted, each on its configuration, with how many counted codings support
// and refute it.
// mode: read
// scope: projects
// params: programme_id ID?, configuration_id ID?, factor_id ID?, after STRING?, limit INTEGER?
MATCH (l:CmoLink)<-[:HAS_LINK]-(c:Configuration)-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects AND l.retired_at IS NULL AND c.retired_at IS NULL
  AND g.retired_at IS NULL AND ($programme_id IS NULL OR g.id = $programme_id)
  AND ($configuration_id IS NULL OR c.id = $configuration_id)
  AND ($after IS NULL OR toInteger(substring(l.code, 2)) > toInteger(substring($after, 2)))
MATCH (l)-[:STARTS_AT]->(a:Factor)
MATCH (l)-[:ENDS_AT]->(b:Factor)
WHERE $factor_id IS NULL OR a.id = $factor_id OR b.id = $factor_id
WITH l, c, g, a, b ORDER BY g.name, toInteger(substring(l.code, 2)) LIMIT coalesce($limit, 1000000)
OPTIONAL MATCH (l)<-[:BEARS_ON]-(k:Counted)-[:CONCERNS]->(p:Record)
WHERE p.id IN $visible_projects
  AND EXISTS {
    MATCH (k)-[:CODES]->(:Excerpt)-[:TAKEN_FROM]->(:Source)-[:COLLECTED_IN]->(place:Record)
    WHERE place.id IN $visible_projects
  }
WITH l, c, g, a, b, collect(k.stance) AS stances
RETURN l.id AS id, l.code AS code, l.kind AS kind, a.id AS start_id, a.code AS start_code,
       a.label AS start_label, b.id AS end_id, b.code AS end_code, b.label AS end_label,
       c.id AS configuration_id, c.code AS configuration_code,
       coalesce(c.nickname, c.sentence) AS configuration,
       size([s IN stances WHERE s = 'refutes']) AS refuting,
       size([s IN stances WHERE s = 'supports']) AS supporting,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(code, 2))
