// Sources without their texts: where and when each was collected, how many excerpts were taken from
// it, and how many codings they carry; what somebody said who has withdrawn is not counted.
// mode: read
// scope: projects
// params: programme_id ID?, place_id ID?, kind STRING?, after STRING?, limit INTEGER?
MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)
WHERE place.id IN $visible_projects AND s.retired_at IS NULL AND place.retired_at IS NULL
  AND ($place_id IS NULL OR place.id = $place_id) AND ($kind IS NULL OR s.kind = $kind)
  AND ($after IS NULL OR toInteger(substring(s.code, 2)) > toInteger(substring($after, 2)))
MATCH (place)-[:PART_OF*0..3]->(g:Programme)
WHERE $programme_id IS NULL OR g.id = $programme_id
WITH s, place, g ORDER BY g.name, toInteger(substring(s.code, 2)) LIMIT coalesce($limit, 1000000)
OPTIONAL MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)
WHERE x.retired_at IS NULL
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
OPTIONAL MATCH (x)<-[:CODES]-(k:Coding)-[:CONCERNS]->(p:Record)
WHERE k.retired_at IS NULL AND p.id IN $visible_projects
WITH s, place, g, count(DISTINCT x) AS excerpts, count(DISTINCT k) AS codings
RETURN s.id AS id, s.code AS code, s.title AS title, s.kind AS kind, s.coverage AS coverage,
       s.wave AS wave, s.when_text AS when_text, s.earliest AS earliest, s.latest AS latest,
       s.citation AS citation, s.language AS language, coalesce(s.synthetic, false) AS synthetic,
       s.text IS NOT NULL AS text_held, place.id AS place_id, place.name AS place, excerpts,
       codings, g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(code, 2))
