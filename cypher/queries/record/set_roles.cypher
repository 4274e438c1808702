// Types factors as context, mechanism, outcome, or several of them. The id is taken off while the
// labels change: the local engine moves the node then, and would meet its own id.
// mode: write
// scope: open (the service has checked the role and locked the record)
// params: rows LIST
UNWIND $rows AS row
MATCH (n:Factor {id: row.id})
REMOVE n.id
REMOVE n:Context:Mechanism:Outcome
SET n:$(row.roles)
SET n.id = row.id
RETURN count(n) AS typed
