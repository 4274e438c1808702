// One node a migration, so that two clients cannot both claim it.
// mode: write
// scope: open (the schema is nobody's evidence)
CREATE CONSTRAINT schema_version IF NOT EXISTS FOR (n:SchemaVersion) REQUIRE n.version IS UNIQUE
