// The texts of some sources with their speaker turns, for those who may read texts. A source in which
// somebody is heard who has withdrawn is left out: its text is read without their words, elsewhere.
// mode: read
// scope: open (asked by the search alone, for sources that it was given for this reader)
// params: ids IDS
UNWIND $ids AS id
MATCH (s:Record {id: id})-[:COLLECTED_IN]->(here:Record)
WHERE s:Source AND s.retired_at IS NULL
  AND here.id IN $visible_projects AND here.id IN $quoted_projects
  AND NOT EXISTS { MATCH (s)<-[:SPEAKS_IN]-(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  AND NOT EXISTS {
    MATCH (s)<-[:TAKEN_FROM]-(:Excerpt)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL
  }
RETURN s.id AS id, s.text AS text, coalesce(s.turn_starts, []) AS turn_starts,
       coalesce(s.turn_speakers, []) AS turn_speakers
