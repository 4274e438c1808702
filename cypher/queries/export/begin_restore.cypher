// Marks the casebook as being restored, unless somebody else is at it or it holds a record. The
// lock makes this and the recording of a first user wait for each other.
// mode: write
// scope: open (a backup is restored into an empty casebook only)
// params: file STRING, client STRING, now STRING, stale STRING
MATCH (v:SchemaVersion {version: 1})
SET v._lock = randomUUID()
REMOVE v._lock
WITH v
OPTIONAL MATCH (m:Restoring)
WITH v, collect(m) AS marks
WHERE all(m IN marks WHERE m.client = $client OR m.beat_at < $stale)
  AND (size(marks) > 0 OR NOT EXISTS { MATCH (n:Record) })
FOREACH (m IN marks | DELETE m)
CREATE (n:Restoring {file: $file, client: $client, beat_at: $now})
RETURN size(marks) AS broken_off
