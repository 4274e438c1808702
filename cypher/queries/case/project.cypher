// One project or sub-case: what it is, what it is part of, and its own sub-cases.
// mode: read
// scope: projects
// params: id ID
MATCH (p:Project {id: $id})-[:PART_OF]->(up:Record)
WHERE p.id IN $visible_projects
OPTIONAL MATCH (q:Project)-[:PART_OF]->(p)
WHERE q.retired_at IS NULL AND q.id IN $visible_projects
WITH p, up, q ORDER BY toInteger(substring(q.code, 2))
RETURN p.id AS id, p.code AS code, p.name AS name, p.kind AS kind, p.aim AS aim, p.area AS area,
       p.partnership_model AS partnership_model, p.began_text AS began, p.ended_text AS ended,
       p.began_earliest AS began_earliest, p.ended_latest AS ended_latest,
       p.retired_at AS retired_at,
       CASE WHEN 'Project' IN labels(up) THEN up.id END AS part_of_id,
       CASE WHEN 'Project' IN labels(up) THEN up.name END AS part_of,
       [x IN collect(CASE WHEN q.id IS NOT NULL
                     THEN {id: q.id, code: q.code, name: q.name, kind: q.kind, aim: q.aim} END)
        WHERE x IS NOT NULL] AS sub_cases
