// When a programme, its projects and the fieldwork took place, as far as dates are stated.
// projects: [id, name, earliest begin, latest end]; fieldwork: [wave, earliest, latest, how many
// sources that are no documents]; a synthetic source is no fieldwork of a real programme.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
CALL (g) {
  MATCH (p:Project)-[:PART_OF]->(g)
  WHERE p.id IN $visible_projects AND p.retired_at IS NULL
    AND (p.began_earliest IS NOT NULL OR p.ended_latest IS NOT NULL)
  WITH p ORDER BY toInteger(substring(p.code, 2))
  RETURN collect([p.id, p.name, p.began_earliest, p.ended_latest]) AS projects
}
CALL (g) {
  MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
  WHERE place.id IN $visible_projects AND s.retired_at IS NULL AND s.kind <> 'document'
    AND s.earliest IS NOT NULL AND s.latest IS NOT NULL
    AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
  WITH s.wave AS wave, min(s.earliest) AS earliest, max(s.latest) AS latest, count(s) AS sources
  ORDER BY earliest, wave
  RETURN collect([wave, earliest, latest, sources]) AS fieldwork
}
RETURN g.began_earliest AS began, g.ended_latest AS ended, g.began_text AS began_text,
       g.ended_text AS ended_text, projects, fieldwork
