// The codings of a source that a new version of it carries, each with its passage, in the order of
// the text: none that is retired, and none of what somebody said who has withdrawn.
// mode: read
// scope: open (the service refuses whoever may not see one of them)
// params: source STRING
MATCH (s:Record {id: $source})<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)
WHERE x.retired_at IS NULL AND k.retired_at IS NULL
  AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
RETURN x.id AS excerpt, x.rev AS excerpt_rev, k.id AS coding, k.rev AS coding_rev,
       coalesce(x.start, -1) AS start, k.created_at AS made
ORDER BY start, excerpt, made, coding
