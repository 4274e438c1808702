// The settled assessments of a programme, as columns. projects: [id, code, name, part of], in order
// of their codes, sub-cases among them; factors: [id, code, label, origin, roles]; merges: [merged
// factor, the one that is kept]; families: [narrower, broader, origin]; assessments: [id, factor,
// project or sub-case, value, valence, wave, on mention, origin, codings]. On mention: all its
// codings come from sources that name only what they found important. Passages that were withdrawn
// or retired, or are synthetic in a real programme, are left out, and an assessment that rests on no
// other (and is no stated judgement) with them.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
CALL (g) {
  MATCH (p:Project)-[:PART_OF*1..3]->(g)
  MATCH (p)-[:PART_OF]->(q:Record)
  WHERE p.id IN $visible_projects AND p.retired_at IS NULL AND q.retired_at IS NULL
  WITH p, q ORDER BY toInteger(substring(p.code, 2))
  RETURN collect([p.id, p.code, p.name, q.id]) AS projects
}
CALL (g) {
  MATCH (f:Factor)-[:BELONGS_TO]->(g)
  WHERE f.retired_at IS NULL
  WITH f ORDER BY toInteger(substring(f.code, 2))
  RETURN collect([f.id, f.code, f.label, f.origin,
                  [r IN ['Context', 'Mechanism', 'Outcome'] WHERE r IN labels(f)]]) AS factors
}
CALL (g) {
  MATCH (f:Factor)-[:BELONGS_TO]->(g)
  MATCH (f)-[m:SAME_AS]->(k:Factor)
  WHERE m.undone_at IS NULL AND f.retired_at IS NULL AND k.retired_at IS NULL
  WITH f, k ORDER BY f.id
  RETURN collect([f.id, k.id]) AS merges
}
CALL (g) {
  MATCH (f:Factor)-[:BELONGS_TO]->(g)
  MATCH (f)-[r:IS_KIND_OF]->(b:Factor)
  WHERE f.retired_at IS NULL AND b.retired_at IS NULL
  WITH f, b, r ORDER BY f.id, b.id
  RETURN collect([f.id, b.id, r.origin]) AS families
}
CALL (g) {
  MATCH (f:Factor)-[:BELONGS_TO]->(g)
  WHERE f.retired_at IS NULL
  MATCH (f)<-[:OF_FACTOR]-(a:Assessment)-[:IN_PROJECT]->(p:Project)
  WHERE a.settled AND a.retired_at IS NULL AND p.retired_at IS NULL AND p.id IN $visible_projects
  OPTIONAL MATCH (a)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
  WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
    AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
    AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  WITH f, a, p, k, s ORDER BY a.id, k.id
  WITH f, a, p, collect(k.id) AS codings, collect(s.coverage) AS coverage
  WHERE a.basis = 'judgement' OR size(codings) > 0
  WITH f, a, p, codings, coverage
  ORDER BY a.id
  RETURN collect([a.id, f.id, p.id, a.value, a.valence, a.wave,
                  size(codings) > 0 AND all(c IN coverage WHERE c = 'mentioned'),
                  a.origin, codings]) AS assessments
}
RETURN projects, factors, merges, families, assessments
