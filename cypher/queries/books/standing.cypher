// Which of these changes were taken back, as one column.
// mode: read
// scope: open (says nothing of what they hold)
// params: ids LIST
UNWIND $ids AS id
MATCH (d:Change {undoes: id})
RETURN collect(DISTINCT id) AS undone
