// Programmes of which the user is not a data steward.
// mode: read
// scope: open (the service refuses a backup by their number)
// params: user STRING
MATCH (g:Programme)
WHERE NOT EXISTS {
  MATCH (g)<-[r:HAS_ROLE]-(:User {id: $user}) WHERE r.role = 'data_steward'
}
RETURN g.id AS id
ORDER BY id
