// The migrations that were applied or claimed in this casebook, oldest first.
// mode: read
// scope: open (the schema is nobody's evidence)
MATCH (v:SchemaVersion)
RETURN v.version AS version, v.name AS name, v.checksum AS checksum, v.applied_at AS applied_at
ORDER BY version
