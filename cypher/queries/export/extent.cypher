// How many records and changes the casebook holds, and when it was last changed.
// mode: read
// scope: open (counts of the whole casebook; they name nothing)
MATCH (n:Record)
WITH count(n) AS records
OPTIONAL MATCH (c:Change)
RETURN records, count(c) AS changes, max(c.at) AS changed_at
