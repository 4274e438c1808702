// How many nodes carry each label, retired records included.
// mode: read
// scope: open (counts; they name nothing)
MATCH (n)
UNWIND labels(n) AS label
RETURN label, count(*) AS nodes
ORDER BY label
