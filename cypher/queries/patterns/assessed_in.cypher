// The settled assessments of the elements of one configuration, retired or not, as columns.
// projects: [id, code, name, part of], in order of their codes, sub-cases among them; factors: [id,
// code, label, origin, roles]; assessments: [id, element, project or sub-case,
// value, valence, wave, on mention, origin, codings]. What was assessed of a label that is merged
// with an element stands under the element. Passages that were withdrawn or retired, or are synthetic
// in a real programme, are left out, and an assessment that rests on no other with them.
// mode: read
// scope: projects
// params: id ID
MATCH (c:Configuration {id: $id})-[:BELONGS_TO]->(g:Programme)
WHERE g.id IN $visible_projects
CALL (g) {
  MATCH (p:Project)-[:PART_OF*1..3]->(g)
  MATCH (p)-[:PART_OF]->(q:Record)
  WHERE p.id IN $visible_projects AND p.retired_at IS NULL AND q.retired_at IS NULL
  WITH p, q ORDER BY toInteger(substring(p.code, 2))
  RETURN collect([p.id, p.code, p.name, q.id]) AS projects
}
CALL (c) {
  MATCH (c)-[:IN_CONTEXT|FIRES|LEADS_TO]->(f:Factor)
  WITH DISTINCT f ORDER BY toInteger(substring(f.code, 2))
  RETURN collect([f.id, f.code, f.label, f.origin,
                  [r IN ['Context', 'Mechanism', 'Outcome'] WHERE r IN labels(f)]]) AS factors
}
CALL (c, g) {
  MATCH (c)-[:IN_CONTEXT|FIRES|LEADS_TO]->(f:Factor)
  WITH DISTINCT g, f
  OPTIONAL MATCH (f)-[up:SAME_AS]->(k:Factor)
  WHERE up.undone_at IS NULL AND k.retired_at IS NULL
  WITH g, f, coalesce(k, f) AS kept
  OPTIONAL MATCH (other:Factor)-[down:SAME_AS]->(kept)
  WHERE down.undone_at IS NULL
  WITH g, f, kept, collect(other) AS others
  UNWIND [kept] + others AS m
  WITH DISTINCT g, f, m
  MATCH (m)<-[:OF_FACTOR]-(a:Assessment)-[:IN_PROJECT]->(p:Project)
  WHERE m.retired_at IS NULL AND a.settled AND a.retired_at IS NULL AND p.retired_at IS NULL
    AND p.id IN $visible_projects
  OPTIONAL MATCH (a)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
  WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
    AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
    AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  WITH f, a, p, k, s ORDER BY a.id, k.id
  WITH f, a, p, collect(k.id) AS codings, collect(s.coverage) AS coverage
  WHERE a.basis = 'judgement' OR size(codings) > 0
  RETURN collect([a.id, f.id, p.id, a.value, coalesce(a.valence, 'not_stated'), a.wave,
                  size(coverage) > 0 AND all(v IN coverage WHERE v = 'mentioned'), a.origin,
                  codings]) AS assessments
}
RETURN projects, factors, assessments
