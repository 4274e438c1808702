// Which changes were made since a time, as one column of ids.
// mode: read
// scope: open (ids of changes, which say nothing of what they hold)
// params: since STRING
MATCH (c:Change)
WHERE c.at >= $since
RETURN collect(c.id) AS changes
