// Which of these records exist, and which of them somebody has changed or retired since they were
// made.
// mode: read
// scope: open (a loader asks it for records that ship with the program)
// params: ids LIST
UNWIND $ids AS id
MATCH (n:Record {id: id})
RETURN n.id AS id, n.code AS code, n.rev > 1 OR n.retired_at IS NOT NULL AS changed
