// How many nodes a database holds, whatever they are; asked before a casebook is made in it.
// mode: read
// scope: open (a count; it names nothing)
MATCH (n)
RETURN count(n) AS nodes
