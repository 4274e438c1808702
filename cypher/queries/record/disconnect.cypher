// Takes relationships away that an edit no longer names; the change keeps what they were.
// mode: write
// scope: open (the service has checked the role and locked the record)
// params: rows LIST
UNWIND $rows AS row
MATCH (a:Record {id: row.start})-[r]->(b:Record {id: row.end})
WHERE type(r) = row.type
DELETE r
RETURN count(*) AS taken_away
