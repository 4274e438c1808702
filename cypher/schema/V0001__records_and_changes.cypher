// Every record is found by its id, and no id is given twice; the same for changes.
CREATE CONSTRAINT record_id IF NOT EXISTS FOR (n:Record) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT change_id IF NOT EXISTS FOR (n:Change) REQUIRE n.id IS UNIQUE;
// Records are asked for by the code that a person types, users by what they sign in with, and
// changes by time.
CREATE INDEX record_code IF NOT EXISTS FOR (n:Record) ON (n.code);
CREATE INDEX user_subject IF NOT EXISTS FOR (n:User) ON (n.subject);
CREATE INDEX change_at IF NOT EXISTS FOR (n:Change) ON (n.at);
