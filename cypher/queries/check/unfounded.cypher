// Assessments that say to rest on codings, and rest on none.
// mode: read
// scope: open (an invariant of the whole casebook)
MATCH (a:Assessment)
WHERE a.retired_at IS NULL AND a.basis = 'coding' AND NOT EXISTS { (a)-[:RESTS_ON]->(:Coding) }
RETURN a.id AS id
ORDER BY id
