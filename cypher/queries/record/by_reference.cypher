// Records that answer to what a person types: an id (retired or not), a code, or a name (of any
// case). Informants answer to those who read texts or keep consent.
// mode: read
// scope: projects
// params: reference STRING, labels LIST?, programme ID?, retired BOOLEAN?
MATCH (n:Record)
WHERE (n.id = $reference OR n.code = toUpper($reference)
       OR toLower(coalesce(n.name, n.label, n.title, n.nickname, n.pseudonym, n.display_name, '')) = toLower($reference))
  AND ($labels IS NULL OR any(l IN labels(n) WHERE l IN $labels))
  AND ($retired OR n.retired_at IS NULL OR n.id = $reference)
MATCH (n)-[:CODES|TAKEN_FROM|COLLECTED_IN|BELONGS_TO|WITHIN|IN|IN_PROJECT|PART_OF|AFFECTS|FROM_VERSION|STARTS_AT*0..6]->(g:Programme)
WHERE g.id IN $visible_projects AND ($programme IS NULL OR g.id = $programme)
  AND (NOT n:Informant OR g.id IN $named_projects)
OPTIONAL MATCH (n)-[:CODES|TAKEN_FROM|COLLECTED_IN|WITHIN|IN|IN_PROJECT|CONCERNS|AFFECTS*0..3]->(p:Project)
WITH n, g, collect(DISTINCT p.id) AS places
WHERE size(places) = 0
   OR CASE WHEN n:Coding OR n:Excerpt THEN all(p IN places WHERE p IN $visible_projects)
           ELSE any(p IN places WHERE p IN $visible_projects) END
RETURN DISTINCT n.id AS id, n.code AS code, labels(n) AS labels,
       CASE WHEN n:CmoLink
         THEN COLLECT { MATCH (n)-[:STARTS_AT]->(f:Factor) RETURN f.label }[0] + ' → '
              + COLLECT { MATCH (n)-[:ENDS_AT]->(f:Factor) RETURN f.label }[0]
         ELSE coalesce(n.name, n.label, n.title, n.nickname, n.pseudonym, n.statement, n.sentence,
                       n.for_what, n.kind, '')
       END AS name,
       g.id AS programme_id, g.name AS programme, n.retired_at AS retired_at
ORDER BY programme, code, id
LIMIT 20
