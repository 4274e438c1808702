// Merges of factors: which label was merged into which, when and why. Those that were taken back
// have `undone_at`, and are listed only if asked for.
// mode: read
// scope: projects
// params: programme_id ID?, undone BOOLEAN?
MATCH (f:Factor)-[r:SAME_AS]->(k:Factor)-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects AND f.retired_at IS NULL AND k.retired_at IS NULL
  AND g.retired_at IS NULL AND ($programme_id IS NULL OR g.id = $programme_id)
  AND ($undone OR r.undone_at IS NULL)
RETURN f.id AS merged_id, f.code AS merged_code, f.label AS merged, k.id AS kept_id,
       k.code AS kept_code, k.label AS kept, r.at AS merged_at, r.why AS why, r.origin AS origin,
       r.undone_at AS undone_at, g.id AS programme_id, g.name AS programme
ORDER BY programme, toInteger(substring(kept_code, 2)), toInteger(substring(merged_code, 2)),
         merged_at
