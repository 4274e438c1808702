// The things that somebody coded to last in a programme, the latest first; looked for among their 400
// latest codings. What was loaded with the program nobody coded by hand.
// mode: read
// scope: projects
// params: programme_id ID, user_id ID, limit INTEGER?
MATCH (k:Coding)-[:JUDGED_BY]->(u:Record {id: $user_id})
WHERE u:User AND k.retired_at IS NULL
WITH k ORDER BY k.created_at DESC, k.id LIMIT 400
WHERE NOT EXISTS { MATCH (k)<-[:CHANGED]-(:Change {action: 'seed'}) }
MATCH (k)-[:CONCERNS]->(p:Record)-[:PART_OF*0..3]->(g:Programme)
WHERE p.id IN $visible_projects AND g.id = $programme_id
MATCH (k)-[:BEARS_ON]->(t:Record)
WHERE t.retired_at IS NULL
WITH t.id AS target_id, max(k.created_at) AS at
RETURN target_id, at
ORDER BY at DESC, target_id
LIMIT coalesce($limit, 4)
