// The codings whose counting may depend on these records: a coding, an excerpt, a source, an
// informant, a target (for a configuration also its links), a programme, a project or a sub-case with
// all that lies in it.
// mode: read
// scope: open (the service recounts them)
// params: ids LIST
UNWIND $ids AS id
MATCH (k:Record {id: id})
WHERE k:Coding
RETURN k.id AS id
UNION
UNWIND $ids AS id
MATCH (n:Record {id: id})<-[:BEARS_ON|CONCERNS|CODES]-(k:Coding)
RETURN k.id AS id
UNION
UNWIND $ids AS id
MATCH (n:Record {id: id})<-[:TAKEN_FROM|SPOKEN_BY]-(:Excerpt)<-[:CODES]-(k:Coding)
RETURN k.id AS id
UNION
UNWIND $ids AS id
MATCH (n:Configuration {id: id})-[:HAS_LINK]->(:CmoLink)<-[:BEARS_ON]-(k:Coding)
RETURN k.id AS id
UNION
UNWIND $ids AS id
MATCH (n:Record {id: id})<-[:PART_OF*1..3]-(:Project)<-[:CONCERNS]-(k:Coding)
RETURN k.id AS id
