// Marks these codings as counted. The id is taken off while the label
// changes: the local engine moves the node then, and would meet its own id.
// mode: write
// scope: open (the rule decides, not a person)
// params: ids LIST
UNWIND $ids AS id
MATCH (k:Record {id: id})
WHERE k:Coding
REMOVE k.id
SET k:Counted
SET k.id = id
RETURN count(k) AS changed
