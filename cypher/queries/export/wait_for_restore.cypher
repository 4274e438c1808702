// Takes the lock that the beginning of a restore takes, and answers whether one is going on.
// mode: write
// scope: open (it is asked before the first user is recorded)
MATCH (v:SchemaVersion {version: 1})
SET v._lock = randomUUID()
REMOVE v._lock
WITH v
RETURN EXISTS { MATCH (m:Restoring) } AS restoring
