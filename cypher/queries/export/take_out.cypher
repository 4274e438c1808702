// Takes out some of what a broken-off restore has left behind.
// mode: write
// scope: open (only what was half restored, while the mark of the restore stands)
// params: client STRING, limit INTEGER
MATCH (m:Restoring {client: $client})
MATCH (n)
WHERE n:Record OR n:Change OR n:ChangeContent
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS taken_out
