// The counted codings of what somebody said, with what they bear on; what would stop counting if
// they withdrew.
// mode: read
// scope: open (the service asks for an evaluator or data steward, and names only what they may see)
// params: informant STRING
MATCH (i:Record {id: $informant})<-[:SPOKEN_BY]-(x:Excerpt)<-[:CODES]-(k:Coding:Counted)
WHERE i:Informant
OPTIONAL MATCH (k)-[:BEARS_ON]->(t:Record)
OPTIONAL MATCH (t)<-[:HAS_LINK]-(c:Configuration)
OPTIONAL MATCH (k)-[:CONCERNS]->(p:Record)
RETURN DISTINCT k.id AS id, k.stance AS stance, k.claim AS claim, x.locator AS locator,
       t.id AS target_id, c.id AS configuration_id, p.id AS project_id, p.name AS project
ORDER BY project, target_id, id
