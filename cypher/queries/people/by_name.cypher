// Users who sign in or are shown under that name.
// mode: read
// scope: open (it is asked before the actor is known)
// params: name STRING
MATCH (u:User)
WHERE u.retired_at IS NULL AND (u.subject = $name OR u.display_name = $name OR u.id = $name)
RETURN u.id AS id, u.subject AS subject, u.display_name AS display_name
ORDER BY CASE WHEN u.subject = $name THEN 0 ELSE 1 END, id
