// How not to write: compares the revision first and locks afterwards.
// mode: write
// scope: open (a trial of what the lock is for)
// params: id STRING, rev INTEGER, text STRING
MATCH (n:Stakeholder {id: $id})
WHERE n.rev = $rev
SET n.rev = $rev + 1, n.sector = $text
RETURN n.rev AS rev
