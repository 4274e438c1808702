// Codings that do not code exactly one excerpt, or bear on more than one thing.
// mode: read
// scope: open (an invariant of the whole casebook)
MATCH (k:Coding)
WITH k, COUNT { (k)-[:CODES]->(:Excerpt) } AS excerpts, COUNT { (k)-[:BEARS_ON]->(:Record) } AS targets
WHERE excerpts <> 1 OR targets > 1
RETURN k.id AS id, excerpts, targets
ORDER BY id
