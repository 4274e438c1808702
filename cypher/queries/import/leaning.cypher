// What rests on these codings, is stated in these sources or speaks in them, and is not retired.
// mode: read
// scope: open (a write leads it from a source to the source's new version)
// params: ids LIST
UNWIND $ids AS id
MATCH (:Record {id: id})<-[:RESTS_ON|STATED_IN|SPEAKS_IN]-(n:Record)
WHERE n.retired_at IS NULL
RETURN DISTINCT n.id AS id
ORDER BY id
