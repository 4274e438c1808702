// How many records of each kind a programme holds, as far as the actor may see them; retired ones
// are left out, and projects are counted without their sub-cases. Nothing of a synthetic source counts
// in a real programme, and no assessment, finding or relation whose passages are all withdrawn or
// retired.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
CALL (g) {
  MATCH (p:Project)-[:PART_OF]->(g)
  WHERE p.id IN $visible_projects AND p.retired_at IS NULL
  RETURN count(p) AS projects
}
CALL (g) {
  MATCH (q:Project)-[:PART_OF*1..2]->(:Project)-[:PART_OF]->(g)
  WHERE q.id IN $visible_projects AND q.retired_at IS NULL
  RETURN count(DISTINCT q) AS sub_cases
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.retired_at IS NULL
  RETURN count(c) AS configurations
}
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.retired_at IS NULL
  MATCH (c)-[:HAS_LINK]->(l:CmoLink)
  WHERE l.retired_at IS NULL
  RETURN count(l) AS links
}
CALL (g) {
  MATCH (f:Factor)-[:BELONGS_TO]->(g)
  WHERE f.retired_at IS NULL
  RETURN count(f) AS factors
}
CALL (g) {
  MATCH (h:Stakeholder)-[:BELONGS_TO]->(g)
  WHERE h.retired_at IS NULL
  RETURN count(h) AS stakeholders
}
CALL (g) {
  MATCH (r:Relation)-[:WITHIN]->(w:Record)-[:PART_OF*0..3]->(g)
  WHERE r.retired_at IS NULL AND w.id IN $visible_projects
    AND ((r.state <> 'denied'
          AND NOT EXISTS { MATCH (r)<-[:BEARS_ON]-(k:Coding) WHERE k.retired_at IS NULL })
         OR EXISTS {
           MATCH (r)<-[:BEARS_ON]-(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
           WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
             AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
             AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
         })
  RETURN count(r) AS relations
}
CALL (g) {
  MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
  WHERE s.retired_at IS NULL AND place.id IN $visible_projects
    AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
  RETURN count(s) AS sources
}
CALL (g) {
  MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
  WHERE s.retired_at IS NULL AND place.id IN $visible_projects
    AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
  MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)-[:CONCERNS]->(p:Record)
  WHERE x.retired_at IS NULL AND k.retired_at IS NULL AND p.id IN $visible_projects
    AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  RETURN count(k) AS codings
}
CALL (g) {
  MATCH (a:Assessment)-[:IN_PROJECT]->(p:Project)-[:PART_OF*1..3]->(g)
  WHERE a.retired_at IS NULL AND p.id IN $visible_projects
    AND (a.basis = 'judgement' OR EXISTS {
      MATCH (a)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
      WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
        AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
        AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
    })
  RETURN count(a) AS assessments
}
CALL (g) {
  MATCH (f:Finding)-[:IN]->(p:Record)-[:PART_OF*0..3]->(g)
  WHERE f.retired_at IS NULL AND p.id IN $visible_projects
    AND (NOT EXISTS { MATCH (f)-[:RESTS_ON]->(:Coding) }
         OR EXISTS {
      MATCH (f)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
      WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
        AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
        AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
    })
  RETURN count(f) AS findings
}
RETURN projects, sub_cases, configurations, links, factors, stakeholders, relations, sources,
       codings, assessments, findings
