// Claims a migration for one client, or takes it over from a client whose claim has grown stale;
// answers whether it is now this client's, and whether it was applied already.
// mode: write
// scope: open (the schema is nobody's evidence)
// params: version INTEGER, name STRING, checksum STRING, client STRING, now STRING, stale STRING
MERGE (v:SchemaVersion {version: $version})
ON CREATE SET v.name = $name, v.checksum = $checksum, v.claimed_by = $client, v.claimed_at = $now
SET v._lock = randomUUID()
REMOVE v._lock
WITH v, v.applied_at IS NULL AND (v.claimed_by = $client OR v.claimed_at < $stale) AS mine
SET v.claimed_by = CASE WHEN mine THEN $client ELSE v.claimed_by END,
    v.claimed_at = CASE WHEN mine THEN $now ELSE v.claimed_at END,
    v.checksum = CASE WHEN mine THEN $checksum ELSE v.checksum END
RETURN mine, v.applied_at IS NOT NULL AS applied
