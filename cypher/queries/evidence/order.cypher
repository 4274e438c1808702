// The codings of some sources, as much of each as their order takes: `places`, what they concern,
// with its `rows`. A row holds: coding, stance, relevance, richness, rigour, date, coder, what it
// bears on (id, code), passage, start, and the source's code and kind. Who may see what is as in
// evidence/grid.
// mode: read
// scope: projects
// params: source_ids IDS, stance STRING?, place_id ID?, kind STRING?, target_id ID?, role_group STRING?, coder_id ID?
OPTIONAL MATCH (silent:Informant)<-[:SPOKEN_BY]-(hidden:Excerpt)-[:TAKEN_FROM]->(heard_in:Source)
WHERE silent.withdrawn_at IS NOT NULL
WITH collect(hidden.id) AS withdrawn, collect(DISTINCT heard_in.id) AS silenced
UNWIND $source_ids AS source_id
MATCH (s:Record {id: source_id})-[:COLLECTED_IN]->(here:Record)
WHERE s:Source AND s.retired_at IS NULL AND here.id IN $visible_projects
WITH s, here.id IN $quoted_projects AS reads,
     CASE WHEN s.id IN silenced THEN withdrawn ELSE [] END AS hidden
MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)-[:CONCERNS]->(there:Record)
WHERE x.retired_at IS NULL AND k.retired_at IS NULL AND NOT x.id IN hidden
  AND ($stance IS NULL OR k.stance = $stance) AND ($place_id IS NULL OR there.id = $place_id)
  AND ($role_group IS NULL
       OR ((reads OR $small_groups[$role_group] IS NULL)
           AND EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.role_group = $role_group }))
  AND ($coder_id IS NULL OR EXISTS { MATCH (k)-[:JUDGED_BY]->(c:User) WHERE c.id = $coder_id })
  AND ($target_id IS NULL OR EXISTS { MATCH (k)-[:BEARS_ON]->(b:Record) WHERE b.id = $target_id })
  AND ($kind IS NULL OR ($kind = 'none' AND NOT EXISTS { MATCH (k)-[:BEARS_ON]->(:Record) })
       OR EXISTS { MATCH (k)-[:BEARS_ON]->(b:Record) WHERE $kind IN labels(b) })
OPTIONAL MATCH (k)-[:BEARS_ON]->(t:Record)
OPTIONAL MATCH (k)-[:JUDGED_BY]->(u:User)
WITH there, collect([k.id, k.stance, k.relevance, k.richness, k.rigour, k.created_at,
                     u.display_name, t.id, t.code, x.id, x.start, s.code, s.kind]) AS rows
WHERE there.id IN $visible_projects
RETURN collect({place: there.name, rows: rows}) AS places
