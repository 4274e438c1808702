// The programmes that are not retired: [id, name]; and who works on the casebook the longest: whoever
// names a programme locks that user, so that two who do so at once see each other. `ever` counts
// retired programmes too.
// mode: read
// scope: open (two programmes may not have one name)
OPTIONAL MATCH (g:Programme)
WHERE g.retired_at IS NULL
WITH g ORDER BY g.created_at, g.id
WITH collect([g.id, g.name]) AS programmes
RETURN [p IN programmes WHERE p[0] IS NOT NULL] AS programmes,
       COLLECT { MATCH (u:User) RETURN u.id ORDER BY u.created_at, u.id LIMIT 1 }[0] AS first_user,
       COUNT { MATCH (g:Programme) } AS ever
