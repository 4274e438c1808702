// Says that a restore is still going on, and which portion of the file it writes now; answers which
// it had written before. A portion whose answer got lost is not written twice.
// mode: write
// scope: open (a backup is restored into an empty casebook only)
// params: client STRING, now STRING, portion INTEGER
MATCH (m:Restoring {client: $client})
WITH m, coalesce(m.portion, 0) AS written
SET m.beat_at = $now, m.portion = $portion
RETURN written
