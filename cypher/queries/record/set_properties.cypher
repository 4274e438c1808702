// Writes changed properties of a locked record and counts its revision up.
// mode: write
// scope: open (the service has checked the role and locked the record)
// params: id STRING, rev INTEGER, changes MAP
MATCH (n:Record {id: $id})
SET n += $changes, n.rev = $rev
RETURN n.rev AS rev
