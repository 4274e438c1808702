// Paraphrases of passages whose text is not held that hold all of some words (in the language of the
// index), in the order of the sources, each with a coding at which it opens.
// mode: read
// scope: open (asked by the search alone, which makes the words of the index of what was typed)
// params: words STRING, programme_id ID?, place_id ID?, wave STRING?, role_group STRING?, stance STRING?, after STRING, limit INTEGER
CALL db.index.fulltext.queryNodes('excerpt_paraphrase', $words) YIELD node
WITH node.id AS excerpt_id
MATCH (x:Record {id: excerpt_id})-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(here:Record)
WHERE x:Excerpt AND x.retired_at IS NULL AND s.retired_at IS NULL AND here.retired_at IS NULL
  AND here.id IN $visible_projects AND ($wave IS NULL OR s.wave = $wave)
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  AND ($role_group IS NULL
       OR ((here.id IN $quoted_projects OR $small_groups[$role_group] IS NULL)
           AND EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.role_group = $role_group }))
MATCH (here)-[:PART_OF*0..3]->(g:Programme)
WHERE $programme_id IS NULL OR g.id = $programme_id
WITH x, s, here, g, right('00000000' + substring(s.code, 2), 8) + ' ' + x.id AS key
WHERE key > $after
WITH x, s, here, g, key,
     COLLECT {
       MATCH (x)<-[:CODES]-(k:Coding)-[:CONCERNS]->(there:Record)
       WHERE k.retired_at IS NULL AND there.id IN $visible_projects
         AND ($place_id IS NULL OR there.id = $place_id) AND ($stance IS NULL OR k.stance = $stance)
       RETURN {id: k.id, stance: k.stance, place_id: there.id, place: there.name}
       ORDER BY k.created_at, k.id
     } AS codings
WHERE size(codings) > 0 OR ($stance IS NULL AND ($place_id IS NULL OR here.id = $place_id))
WITH x, s, here, g, key, codings ORDER BY key LIMIT $limit
RETURN key, x.id AS id, x.paraphrase AS text, x.section AS section, x.locator AS locator,
       codings[0].id AS coding_id, codings[0].stance AS stance, s.id AS source_id, s.code AS code,
       s.title AS title, s.wave AS wave,
       coalesce(s.synthetic, false) AND NOT coalesce(g.synthetic, false) AS synthetic,
       coalesce(codings[0].place_id, here.id) AS place_id,
       coalesce(codings[0].place, here.name) AS place, g.id AS programme_id, g.name AS programme
ORDER BY key
