// The users who have coded passages that concern a programme or its projects.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (u:User)
WHERE EXISTS {
  MATCH (u)<-[:JUDGED_BY]-(k:Coding)-[:CONCERNS]->(p:Record)-[:PART_OF*0..3]->(g:Programme)
  WHERE g.id = $programme_id AND p.id IN $visible_projects AND k.retired_at IS NULL
}
RETURN u.id AS id, u.display_name AS name
ORDER BY name, id
