// How many elements each configuration of a programme joins, and how many links somebody asserted in
// it, in order of their codes.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (c:Configuration)-[:BELONGS_TO]->(g:Programme)
WHERE g.id = $programme_id AND g.id IN $visible_projects AND g.retired_at IS NULL
  AND c.retired_at IS NULL
RETURN c.id AS id, c.code AS code, coalesce(c.nickname, c.sentence) AS name,
       COUNT { MATCH (c)-[:IN_CONTEXT]->(:Factor) } AS contexts,
       COUNT { MATCH (c)-[:FIRES]->(:Factor) } AS mechanisms,
       COUNT { MATCH (c)-[:LEADS_TO]->(:Factor) } AS outcomes,
       COUNT { MATCH (c)-[:HAS_LINK]->(l:CmoLink) WHERE l.retired_at IS NULL } AS links
ORDER BY toInteger(substring(code, 2)), id
