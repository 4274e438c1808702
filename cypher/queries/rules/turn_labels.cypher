// The labels of the speaker turns of these sources, as they come; sources without turns are left
// out.
// mode: read
// scope: open (the service compares them with the label of an informant)
// params: ids LIST
UNWIND $ids AS id
MATCH (s:Record {id: id})
WHERE s:Source AND size(coalesce(s.turn_speakers, [])) > 0
RETURN s.id AS id, s.code AS code, s.turn_speakers AS labels
ORDER BY id
