// Memos on codings that hold all of some words (in the language of the index), in the order of the
// sources and of each text, with who speaks in the passage, by pseudonym or else by role; for those
// who may read texts.
// mode: read
// scope: open (asked by the search alone, which makes the words of the index of what was typed)
// params: words STRING, programme_id ID?, place_id ID?, wave STRING?, role_group STRING?, stance STRING?, after STRING, limit INTEGER
CALL db.index.fulltext.queryNodes('coding_memo', $words) YIELD node
WITH node.id AS coding_id
MATCH (k:Record {id: coding_id})-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
MATCH (s)-[:COLLECTED_IN]->(here:Record)
MATCH (k)-[:CONCERNS]->(there:Record)
WHERE k:Coding AND k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
  AND here.id IN $visible_projects AND here.id IN $quoted_projects AND there.id IN $visible_projects
  AND ($place_id IS NULL OR there.id = $place_id) AND ($wave IS NULL OR s.wave = $wave)
  AND ($stance IS NULL OR k.stance = $stance)
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  AND ($role_group IS NULL
       OR EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.role_group = $role_group })
MATCH (here)-[:PART_OF*0..3]->(g:Programme)
WHERE $programme_id IS NULL OR g.id = $programme_id
WITH k, x, s, there, g,
     right('00000000' + substring(s.code, 2), 8) + ' '
       + right('00000000' + toString(coalesce(x.start, 0)), 8) + ' ' + k.id AS key
WHERE key > $after
WITH k, x, s, there, g, key ORDER BY key LIMIT $limit
OPTIONAL MATCH (k)-[:BEARS_ON]->(t:Record)
OPTIONAL MATCH (k)-[:JUDGED_BY]->(u:User)
RETURN key, k.id AS id, k.memo AS text, k.stance AS stance, t.code AS target_code,
       coalesce(t.nickname, t.label, t.statement, t.name, t.sentence) AS target,
       COLLECT {
         MATCH (x)-[:SPOKEN_BY]->(i:Informant)
         RETURN DISTINCT coalesce(i.pseudonym, i.role_group) AS name ORDER BY name
       } AS speakers,
       u.display_name AS judged_by, s.id AS source_id, s.code AS code, s.title AS title,
       s.wave AS wave,
       coalesce(s.synthetic, false) AND NOT coalesce(g.synthetic, false) AS synthetic,
       there.id AS place_id,
       there.name AS place, g.id AS programme_id, g.name AS programme
ORDER BY key
