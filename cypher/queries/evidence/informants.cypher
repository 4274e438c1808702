// Who speaks in the sources, under their pseudonyms, and how many excerpts hold their words; for
// those who read texts or keep consent. Those who have withdrawn are named with the date; passages in
// which one of them speaks are counted no more, and passages of a synthetic source not in a real
// programme.
// mode: read
// scope: projects
// params: programme_id ID?, source_id ID?
MATCH (i:Informant)-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects AND g.id IN $named_projects AND i.retired_at IS NULL AND g.retired_at IS NULL
  AND ($programme_id IS NULL OR g.id = $programme_id)
OPTIONAL MATCH (i)-[r:SPEAKS_IN]->(s:Source)-[:COLLECTED_IN]->(place:Record)
WHERE s.retired_at IS NULL
WITH i, g, r, s, place ORDER BY toInteger(substring(s.code, 2))
WITH i, g, count(s) AS heard,
     collect(CASE WHEN place.id IN $visible_projects AND place.id IN $named_projects
             THEN {id: s.id, code: s.code, title: s.title, label: r.label} END) AS sources
WHERE (heard = 0 OR size(sources) > 0)
  AND ($source_id IS NULL OR any(s IN sources WHERE s.id = $source_id))
RETURN i.id AS id, i.pseudonym AS pseudonym, i.role_group AS role_group,
       coalesce(i.may_quote, false) AS may_quote, i.withdrawn_at AS withdrawn_at, sources,
       COLLECT {
         MATCH (i)-[:SPEAKS_FOR]->(h:Stakeholder)
         WHERE h.retired_at IS NULL
         RETURN {id: h.id, code: h.code, name: h.name} ORDER BY h.name
       } AS speaks_for,
       COUNT {
         MATCH (i)<-[:SPOKEN_BY]-(x:Excerpt)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(p:Record)
         WHERE x.retired_at IS NULL AND s.retired_at IS NULL AND p.id IN $visible_projects
           AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
           AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(o:Informant) WHERE o.withdrawn_at IS NOT NULL }
       } AS excerpts,
       g.id AS programme_id, g.name AS programme
ORDER BY programme, pseudonym, id
