// Marks a claimed migration as applied.
// mode: write
// scope: open (the schema is nobody's evidence)
// params: version INTEGER, now STRING
MATCH (v:SchemaVersion {version: $version})
SET v.applied_at = $now
REMOVE v.claimed_by, v.claimed_at
RETURN v.version AS version
