// Who else keeps the people's data of a programme.
// mode: read
// scope: open (a casebook's users know of each other)
// params: programme STRING, user STRING
MATCH (g:Programme {id: $programme})<-[r:HAS_ROLE]-(u:User)
WHERE r.role = 'data_steward' AND u.id <> $user AND u.retired_at IS NULL
RETURN DISTINCT u.id AS id
ORDER BY id
