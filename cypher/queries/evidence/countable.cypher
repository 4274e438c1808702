// For each of these codings whether it counts, and whether it is marked so: coding, excerpt,
// source, target and project are not retired, nobody who spoke it has withdrawn, no synthetic
// source speaks in a real programme, the claim is observed or implied, and one that was carried from
// an earlier version is affirmed. Without ids, of all; those that are named are not sought among all.
// mode: read
// scope: open (the service recounts them)
// params: ids LIST?
WITH $ids AS wanted
CALL (wanted) {
  UNWIND wanted AS id
  WITH DISTINCT id
  MATCH (k:Record {id: id})
  WHERE k:Coding
  RETURN k
  UNION ALL
  UNWIND CASE WHEN wanted IS NULL THEN [true] ELSE [] END AS all_of_them
  MATCH (k:Coding)
  RETURN k
}
MATCH (k)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
OPTIONAL MATCH (k)-[:BEARS_ON]->(t:Record)
OPTIONAL MATCH (t)<-[:HAS_LINK]-(c:Configuration)
OPTIONAL MATCH (k)-[:CONCERNS]->(p:Record)
OPTIONAL MATCH (p)-[:PART_OF]->(q:Record)
OPTIONAL MATCH (q)-[:PART_OF]->(u:Record)
OPTIONAL MATCH (u)-[:PART_OF]->(g:Record)
WITH k, x, s, t, c, p, q, u, g,
     EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL } AS silenced
WITH k,
     k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
     AND (t IS NULL OR t.retired_at IS NULL) AND (c IS NULL OR c.retired_at IS NULL)
     AND (p IS NULL OR p.retired_at IS NULL) AND (q IS NULL OR q.retired_at IS NULL)
     AND (u IS NULL OR u.retired_at IS NULL) AND (g IS NULL OR g.retired_at IS NULL)
     AND NOT silenced AND k.claim IN ['observed', 'implied'] AND coalesce(k.affirmed, true)
     AND (NOT coalesce(s.synthetic, false) OR coalesce(p.synthetic, false)
          OR coalesce(q.synthetic, false) OR coalesce(u.synthetic, false)
          OR coalesce(g.synthetic, false)) AS counts
RETURN k.id AS id, counts, 'Counted' IN labels(k) AS counted
