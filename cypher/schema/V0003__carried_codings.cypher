// Codings that were carried to a later version and wait to be affirmed are asked for beside every
// figure. An earlier program would count them, and must not open a casebook that may hold some.
CREATE INDEX coding_affirmed IF NOT EXISTS FOR (n:Coding) ON (n.affirmed);
