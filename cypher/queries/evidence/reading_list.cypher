// Sources as one chooses what to read: where and when each was collected, who speaks in it (null
// for somebody who has withdrawn; pseudonyms, and groups of fewer than three informants, are for those
// who read texts), and how many codings it carries, for and against what they bear on; those who have
// withdrawn are not counted.
// mode: read
// scope: projects
// params: programme_id ID?, place_id ID?, kind STRING?, coverage STRING?, wave STRING?, after STRING?, limit INTEGER?
MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)
WHERE place.id IN $visible_projects AND s.retired_at IS NULL AND place.retired_at IS NULL
  AND ($place_id IS NULL OR place.id = $place_id)
  AND ($kind IS NULL OR s.kind = $kind) AND ($coverage IS NULL OR s.coverage = $coverage)
  AND ($wave IS NULL OR s.wave = $wave)
  AND ($after IS NULL OR toInteger(substring(s.code, 2)) > toInteger(substring($after, 2)))
MATCH (place)-[:PART_OF*0..3]->(g:Programme)
WHERE $programme_id IS NULL OR g.id = $programme_id
WITH s, place, g ORDER BY g.name, toInteger(substring(s.code, 2)) LIMIT coalesce($limit, 1000000)
OPTIONAL MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)-[:CONCERNS]->(p:Record)
WHERE x.retired_at IS NULL AND k.retired_at IS NULL AND p.id IN $visible_projects
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
WITH s, place, g, collect(k.stance) AS stances
RETURN s.id AS id, s.code AS code, s.title AS title, s.kind AS kind, s.coverage AS coverage,
       s.wave AS wave, s.when_text AS when_text, s.earliest AS earliest, s.latest AS latest,
       s.citation AS citation, s.language AS language, coalesce(s.synthetic, false) AS synthetic,
       s.text IS NOT NULL AS text_held, place.id IN $quoted_projects AS readable,
       place.id AS place_id, place.code AS place_code, place.name AS place,
       COLLECT {
         MATCH (i:Informant)-[:SPEAKS_IN]->(s)
         WHERE i.retired_at IS NULL
           AND (i.withdrawn_at IS NOT NULL OR place.id IN $quoted_projects
                OR (i.role_group IS NOT NULL AND $small_groups[i.role_group] IS NULL))
         RETURN CASE WHEN i.withdrawn_at IS NULL
                  THEN {pseudonym: CASE WHEN place.id IN $quoted_projects THEN i.pseudonym END,
                        role_group: i.role_group} END
         ORDER BY i.pseudonym
       } AS speakers,
       size(stances) AS codings,
       size([t IN stances WHERE t = 'supports']) AS supporting,
       size([t IN stances WHERE t = 'refutes']) AS refuting,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(code, 2))
