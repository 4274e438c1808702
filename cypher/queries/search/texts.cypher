// Sources whose texts hold all of some words (in the language of the index), source by source, without
// the texts. Which of them hold these words where the reader may read is looked at by whoever asks.
// mode: read
// scope: open (asked by the search alone, which reads each text as the reader may see it)
// params: words STRING, programme_id ID?, place_id ID?, wave STRING?, role_group STRING?, stance STRING?, after STRING, limit INTEGER
CALL db.index.fulltext.queryNodes('source_words', $words) YIELD node
WITH node.source AS source_id
MATCH (s:Record {id: source_id})-[:COLLECTED_IN]->(here:Record)
WHERE s:Source AND s.retired_at IS NULL AND here.retired_at IS NULL
  AND here.id IN $visible_projects AND here.id IN $quoted_projects
  AND ($place_id IS NULL OR here.id = $place_id) AND ($wave IS NULL OR s.wave = $wave)
  AND ($role_group IS NULL OR EXISTS {
    MATCH (i:Informant)-[:SPEAKS_IN]->(s)
    WHERE i.role_group = $role_group AND i.retired_at IS NULL AND i.withdrawn_at IS NULL
  })
  AND ($stance IS NULL OR EXISTS {
    MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)
    WHERE k.stance = $stance AND k.retired_at IS NULL AND x.retired_at IS NULL
  })
MATCH (here)-[:PART_OF*0..3]->(g:Programme)
WHERE $programme_id IS NULL OR g.id = $programme_id
WITH s, here, g, right('00000000' + substring(s.code, 2), 8) + ' ' + s.id AS key
WHERE key > $after
WITH s, here, g, key ORDER BY key LIMIT $limit
RETURN key, s.id AS id, s.code AS code, s.title AS title, s.kind AS kind, s.wave AS wave,
       coalesce(s.synthetic, false) AND NOT coalesce(g.synthetic, false) AS synthetic,
       here.id AS place_id, here.name AS place, g.id AS programme_id, g.name AS programme
ORDER BY key
