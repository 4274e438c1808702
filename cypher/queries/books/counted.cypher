// How many codings count at the moment, whatever for.
// mode: read
// scope: open (a number)
MATCH (k:Counted)
RETURN count(k) AS counted
