// The steps from one version to the next of every revision; the service looks for cycles in them.
// mode: read
// scope: open (an invariant of the whole casebook)
MATCH (a:Record)<-[:FROM_VERSION]-(v:Revision)-[:TO_VERSION]->(b:Record)
WHERE v.retired_at IS NULL
RETURN v.id AS id, a.id AS earlier, b.id AS later
ORDER BY id
