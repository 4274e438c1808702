// The codings of the passage that one coding codes, that one among them: who judged and what each
// bears on.
// mode: read
// scope: projects
// params: coding_id ID
MATCH (k:Record {id: $coding_id})-[:CODES]->(x:Excerpt)
WHERE k:Coding
MATCH (x)<-[:CODES]-(o:Coding)
MATCH (o)-[:CONCERNS]->(place:Record)
WHERE o.retired_at IS NULL AND place.id IN $visible_projects
OPTIONAL MATCH (o)-[:BEARS_ON]->(t:Record)
OPTIONAL MATCH (o)-[:JUDGED_BY]->(u:User)
RETURN o.id AS id, t.id AS target_id, u.id AS user_id
ORDER BY o.created_at, o.id
