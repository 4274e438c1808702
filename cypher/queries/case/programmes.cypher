// The programmes of the casebook; a synthetic one is fiction.
// mode: read
// scope: projects
MATCH (g:Programme)
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
RETURN g.id AS id, g.name AS name, g.funder AS funder, g.summary AS summary,
       coalesce(g.synthetic, false) AS synthetic, g.began_text AS began, g.ended_text AS ended,
       g.created_at AS created_at
ORDER BY synthetic, created_at, id
