// How many changes the casebook has seen: whoever knows the number knows whether anything changed.
// mode: read
// scope: open (a number)
MATCH (c:Change)
RETURN count(c) AS changes
