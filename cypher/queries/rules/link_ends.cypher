// Links whose ends are not in the sets of the one configuration that they hang on, or do not fit
// their kind.
// mode: read
// scope: open (an invariant of the whole casebook)
// params: ids LIST?
MATCH (l:CmoLink)
WHERE ($ids IS NULL OR l.id IN $ids) AND l.retired_at IS NULL
OPTIONAL MATCH (l)<-[:HAS_LINK]-(c:Configuration)
OPTIONAL MATCH (l)-[:STARTS_AT]->(s:Factor)
OPTIONAL MATCH (l)-[:ENDS_AT]->(e:Factor)
WITH l, collect(DISTINCT c) AS cs, collect(DISTINCT s) AS ss, collect(DISTINCT e) AS es
WITH l, cs, ss, es, head(cs) AS c, head(ss) AS s, head(es) AS e
WHERE size(cs) <> 1 OR size(ss) <> 1 OR size(es) <> 1
   OR NOT (
     (l.kind = 'context_mechanism'
       AND EXISTS { MATCH (c)-[:IN_CONTEXT]->(s) } AND EXISTS { MATCH (c)-[:FIRES]->(e) })
     OR (l.kind = 'mechanism_outcome'
       AND EXISTS { MATCH (c)-[:FIRES]->(s) } AND EXISTS { MATCH (c)-[:LEADS_TO]->(e) })
     OR (l.kind = 'context_outcome'
       AND EXISTS { MATCH (c)-[:IN_CONTEXT]->(s) } AND EXISTS { MATCH (c)-[:LEADS_TO]->(e) }))
RETURN l.id AS id, l.code AS code
ORDER BY id
