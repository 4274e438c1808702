// Takes away the mark of a restore: the casebook is whole, or empty again.
// mode: write
// scope: open (a backup is restored into an empty casebook only)
// params: client STRING
MATCH (m:Restoring {client: $client})
DELETE m
RETURN count(*) AS ended
