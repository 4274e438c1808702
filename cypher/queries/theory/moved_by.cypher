// What moved each revision of a theory or configuration: events, and passages with their stance.
// `kind` says which; words that were withdrawn are not there. Whole quotes are for those who may
// read texts; others see quotes that everybody in them agreed to.
// mode: read
// scope: projects
// params: programme_id ID?, revision_id ID?
MATCH (v:Revision)-[:FROM_VERSION]->(:Record)-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects AND v.retired_at IS NULL AND g.retired_at IS NULL
  AND ($programme_id IS NULL OR g.id = $programme_id)
  AND ($revision_id IS NULL OR v.id = $revision_id)
WITH DISTINCT v
MATCH (v)-[:MOVED_BY]->(n:Record)
WHERE n.retired_at IS NULL AND (n:Event OR n:Coding)
OPTIONAL MATCH (n)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(here:Record)
OPTIONAL MATCH (n)-[:CONCERNS]->(there:Record)
WITH v, n, x, s, here, there
WHERE n:Event
   OR (x.retired_at IS NULL AND s.retired_at IS NULL
       AND here.id IN $visible_projects AND there.id IN $visible_projects
       AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL })
RETURN v.id AS revision_id, CASE WHEN n:Event THEN 'event' ELSE 'passage' END AS kind, n.id AS id,
       n.title AS title, n.when_text AS when_text, n.level AS level,
       n.stance AS stance, n.claim AS claim, 'Counted' IN labels(n) AS counted,
       there.id AS concerns_id, there.name AS concerns, x.id AS excerpt_id, x.anchor AS anchor,
       x.section AS section, x.locator AS locator, x.start AS start, x.paraphrase AS paraphrase,
       CASE WHEN here.id IN $quoted_projects
              OR (EXISTS { MATCH (x)-[:SPOKEN_BY]->(:Informant) }
                  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant)
                                   WHERE NOT coalesce(i.may_quote, false) })
            THEN x.quote END AS quote,
       COLLECT {
         MATCH (x)-[:SPOKEN_BY]->(i:Informant)
         RETURN {id: i.id,
                 pseudonym: CASE WHEN here.id IN $quoted_projects THEN i.pseudonym END,
                 role_group: CASE WHEN here.id IN $quoted_projects
                                    OR $small_groups[i.role_group] IS NULL THEN i.role_group END}
         ORDER BY i.pseudonym
       } AS speakers,
       s.id AS source_id, s.code AS source_code, s.title AS source,
       COLLECT { MATCH (n)-[:JUDGED_BY]->(u:User) RETURN u.display_name }[0] AS judged_by
ORDER BY revision_id, kind,
         CASE stance WHEN 'refutes' THEN 0 WHEN 'refines' THEN 1 WHEN 'supports' THEN 2 ELSE 3 END,
         source_code, start, locator, id
