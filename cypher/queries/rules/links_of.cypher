// The links that hang on these configurations and are not retired.
// mode: read
// scope: open (a service checks them after their configuration was edited)
// params: ids LIST
UNWIND $ids AS id
MATCH (c:Configuration {id: id})-[:HAS_LINK]->(l:CmoLink)
WHERE l.retired_at IS NULL
RETURN l.id AS id
