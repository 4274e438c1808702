// The counted codings that support is computed from, for one configuration (with its links),
// programme theory (with the configurations that test it, and their links), link, factor, relation
// or theme, as one column codings: [id, target, stance, claim, concerns, source, its kind,
// [[informant, role group]]].
// mode: read
// scope: projects
// params: target ID
MATCH (n:Record {id: $target})
OPTIONAL MATCH (n)<-[:TESTS]-(c:Configuration)
WHERE c.retired_at IS NULL
WITH n, [n] + collect(c) AS tested
UNWIND tested AS m
OPTIONAL MATCH (m)-[:HAS_LINK]->(l:CmoLink)
WITH m, collect(l) AS links
UNWIND [m] + links AS t
MATCH (t)<-[:BEARS_ON]-(k:Counted)-[:CONCERNS]->(p:Record)
WHERE p.id IN $visible_projects
MATCH (k)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)-[:COLLECTED_IN]->(place:Record)
WHERE place.id IN $visible_projects
WITH DISTINCT k, t, p, s, x ORDER BY k.id
RETURN collect([k.id, t.id, k.stance, k.claim, p.id, s.id, s.kind,
                [(x)-[:SPOKEN_BY]->(i:Informant) | [i.id, coalesce($small_groups[i.role_group], i.role_group)]]]) AS codings
