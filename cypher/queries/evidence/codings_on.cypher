// The codings that bear on a record, and on the links of a configuration, with their passages;
// what speaks against comes first. A quote is there only for those who may read it: in full in
// their places, elsewhere where everybody who speaks in it lets it be quoted; a memo only for the
// former.
// mode: read
// scope: projects
// params: id STRING
MATCH (t:Record {id: $id})-[:HAS_LINK*0..1]->(on:Record)<-[:BEARS_ON]-(c:Coding)
MATCH (c)-[:CODES]->(e:Excerpt)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(place:Record)
MATCH (c)-[:CONCERNS]->(p:Record)
WHERE on.retired_at IS NULL AND c.retired_at IS NULL AND e.retired_at IS NULL
  AND s.retired_at IS NULL AND place.id IN $visible_projects AND p.id IN $visible_projects
OPTIONAL MATCH (e)-[:SPOKEN_BY]->(i:Informant)
WITH on, c, e, s, place, p, collect(i) AS informants
WHERE none(i IN informants WHERE i.withdrawn_at IS NOT NULL)
OPTIONAL MATCH (c)-[:JUDGED_BY]->(u:User)
RETURN c.stance AS stance, c.claim AS claim, 'Counted' IN labels(c) AS counted,
       p.name AS concerns, s.code AS source, s.title AS title, e.section AS section,
       e.locator AS locator, e.start AS start, e.end AS end, e.paraphrase AS paraphrase,
       CASE WHEN place.id IN $quoted_projects
              OR (size(informants) > 0 AND all(i IN informants WHERE coalesce(i.may_quote, false)))
            THEN e.quote END AS quote,
       [i IN informants | i.pseudonym] AS spoken_by, u.display_name AS coder,
       c.created_at AS coded_at, on.code AS bears_on,
       CASE WHEN place.id IN $quoted_projects THEN c.memo END AS memo, c.id AS id,
       e.id AS excerpt
ORDER BY CASE c.stance WHEN 'refutes' THEN 0 WHEN 'refines' THEN 1 WHEN 'supports' THEN 2 ELSE 3 END,
         concerns, coded_at, id
