// The full-text indexes that the database has.
// mode: read
// scope: open (the schema is nobody's evidence)
SHOW FULLTEXT INDEXES
YIELD name, state
RETURN name AS name, state AS state
