// The informants of these sources, each with the label under which they are heard there; those
// whose label is not known are left out.
// mode: read
// scope: open (a write names in a passage everybody who is heard in it)
// params: ids LIST
UNWIND $ids AS id
MATCH (s:Record {id: id})<-[r:SPEAKS_IN]-(i:Informant)
WHERE i.retired_at IS NULL AND r.label IS NOT NULL
RETURN s.id AS source, r.label AS label, i.id AS informant
ORDER BY source, informant
