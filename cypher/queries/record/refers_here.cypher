// Records that refer to one record and are in use: for a configuration its links, for a factor the
// configurations that it is in.
// mode: read
// scope: open (the service names only what the actor may see)
// params: id STRING, limit INTEGER
MATCH (n:Record {id: $id})<-[r]-(m:Record)
WHERE m.retired_at IS NULL AND NOT type(r) IN ['BEARS_ON', 'JUDGED_BY', 'CHANGED']
WITH DISTINCT m
ORDER BY m.code, m.id
LIMIT $limit
RETURN m.id AS id
UNION ALL
MATCH (n:Record {id: $id})-[:HAS_LINK]->(m:Record)
WHERE m.retired_at IS NULL
RETURN m.id AS id
