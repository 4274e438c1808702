// Whether somebody who speaks in a passage has withdrawn, and whether its words may be read: in
// full in the actor's places, elsewhere where everybody who speaks in it lets it be quoted.
// mode: read
// scope: projects
// params: excerpt STRING
MATCH (e:Excerpt {id: $excerpt})-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(place:Record)
WHERE place.id IN $visible_projects
OPTIONAL MATCH (e)-[:SPOKEN_BY]->(i:Informant)
WITH place, collect(i) AS informants
RETURN any(i IN informants WHERE i.withdrawn_at IS NOT NULL) AS withdrawn,
       place.id IN $quoted_projects AS in_full,
       size(informants) > 0 AND all(i IN informants WHERE coalesce(i.may_quote, false)) AS may_quote
