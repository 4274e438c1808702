// The sources whose text is held, in the order of their ids.
// mode: read
// scope: open (an invariant of the whole casebook)
MATCH (s:Source)
WHERE s.text IS NOT NULL OR EXISTS { MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt) WHERE x.anchor <> 'located' }
RETURN s.id AS id, s.code AS code
ORDER BY id
