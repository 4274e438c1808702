// The text of a source with its speaker turns, for those who may read texts. What somebody said who
// has withdrawn is blanked out, so that positions stay as they are; where their turns cannot be told
// from the others', the whole text is withheld (null). `withheld` says that something is left out.
// mode: read
// scope: projects
// params: source_id ID
MATCH (s:Record {id: $source_id})-[:COLLECTED_IN]->(place:Record)
WHERE s:Source AND s.retired_at IS NULL
  AND place.id IN $visible_projects AND place.id IN $quoted_projects
OPTIONAL MATCH (gone:Informant)-[r:SPEAKS_IN]->(s)
WHERE gone.withdrawn_at IS NOT NULL
WITH s, place, coalesce(s.turn_starts, []) AS starts, coalesce(s.turn_speakers, []) AS speakers,
     count(gone) AS leaving, collect(r.label) AS labels
WITH s, place, starts, speakers, labels, leaving > 0 AS some,
     size(labels) < leaving OR any(l IN labels WHERE NOT l IN speakers) AS unknown,
     EXISTS {
       MATCH (s)<-[:TAKEN_FROM]-(:Excerpt)-[:SPOKEN_BY]->(i:Informant)
       WHERE i.withdrawn_at IS NOT NULL
         AND NOT EXISTS { MATCH (i)-[q:SPEAKS_IN]->(s) WHERE q.label IN speakers }
     } AS unheard
RETURN s.id AS id, s.code AS code, s.title AS title, s.language AS language,
       CASE
         WHEN NOT some AND NOT unheard THEN s.text
         WHEN unknown OR unheard OR s.text =~ '(?s).*[\\x{10000}-\\x{10FFFF}].*' THEN null
         ELSE substring(s.text, 0, starts[0]) + reduce(said = '', n IN range(0, size(starts) - 1) |
           said + CASE WHEN NOT speakers[n] IN labels
             THEN substring(s.text, starts[n], coalesce(starts[n + 1], size(s.text)) - starts[n])
             ELSE reduce(blank = '', _ IN range(2, coalesce(starts[n + 1], size(s.text)) - starts[n])
                         | blank + ' ') + '\n'
           END)
       END AS text,
       some OR unheard AS withheld, starts AS turn_starts,
       [l IN speakers | CASE WHEN l IN labels THEN '(withdrawn)' ELSE l END] AS turn_speakers,
       place.id AS place_id, place.name AS place
