// Configurations for a list, in order of their codes: their three sets in the order stated, their
// themes, and the links that somebody asserted. `find` looks for words in the code, the nickname,
// the sentences and the labels of the elements.
// mode: read
// scope: projects
// params: programme_id ID, status STRING?, theme_id ID?, find STRING?, after STRING?, limit INTEGER
MATCH (c:Configuration)-[:BELONGS_TO]->(g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND c.retired_at IS NULL AND g.retired_at IS NULL
  AND ($status IS NULL OR c.status = $status)
  AND ($theme_id IS NULL OR EXISTS { MATCH (c)-[:ABOUT]->(t:Theme) WHERE t.id = $theme_id })
  AND ($after IS NULL OR toInteger(substring(c.code, 2)) > toInteger(substring($after, 2)))
  AND ($find IS NULL OR toLower(c.code) = toLower($find)
       OR toLower(coalesce(c.nickname, '')) CONTAINS toLower($find)
       OR toLower(coalesce(c.sentence, '')) CONTAINS toLower($find)
       OR toLower(coalesce(c.because, '')) CONTAINS toLower($find)
       OR EXISTS {
         MATCH (c)-[:IN_CONTEXT|FIRES|LEADS_TO]->(w:Factor)
         WHERE toLower(w.label) CONTAINS toLower($find) OR toLower(w.code) = toLower($find)
       })
WITH c ORDER BY toInteger(substring(c.code, 2)) LIMIT $limit
RETURN c.id AS id, c.code AS code, c.nickname AS nickname, c.sentence AS sentence,
       c.status AS status,
       COLLECT {
         MATCH (c)-[r:IN_CONTEXT]->(f:Factor)
         RETURN {id: f.id, code: f.code, label: f.label} ORDER BY r.position, f.label
       } AS contexts,
       COLLECT {
         MATCH (c)-[r:FIRES]->(f:Factor)
         RETURN {id: f.id, code: f.code, label: f.label, reasoning_known: f.reasoning_known}
         ORDER BY r.position, f.label
       } AS mechanisms,
       COLLECT {
         MATCH (c)-[r:LEADS_TO]->(f:Factor)
         RETURN {id: f.id, code: f.code, label: f.label} ORDER BY r.position, f.label
       } AS outcomes,
       COLLECT {
         MATCH (c)-[:ABOUT]->(t:Theme)
         WHERE t.retired_at IS NULL
         RETURN t.name ORDER BY t.position, t.name
       } AS themes
ORDER BY toInteger(substring(code, 2))
