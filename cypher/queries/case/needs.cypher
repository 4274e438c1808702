// What a programme holds that wants looking at, as columns. configurations: [id, code, name,
// contexts, mechanisms, outcomes, links]; themes of the analysis: [id, name, projects in which
// something was found under it]; bare_sources (without a coding): [id, code, title]; activities
// (mechanisms whose reasoning is not known, in a configuration): [id, code, label]; unplaced:
// codings that bear on nothing yet; unassessed projects (with their sub-cases): [id, code, name].
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
CALL (g) {
  MATCH (c:Configuration)-[:BELONGS_TO]->(g)
  WHERE c.retired_at IS NULL
  WITH c ORDER BY toInteger(substring(c.code, 2))
  RETURN collect([c.id, c.code, coalesce(c.nickname, c.sentence),
                  COUNT { MATCH (c)-[:IN_CONTEXT]->(:Factor) },
                  COUNT { MATCH (c)-[:FIRES]->(:Factor) },
                  COUNT { MATCH (c)-[:LEADS_TO]->(:Factor) },
                  COUNT { MATCH (c)-[:HAS_LINK]->(l:CmoLink) WHERE l.retired_at IS NULL }
                 ]) AS configurations
}
CALL (g) {
  MATCH (t:Theme {scheme: 'analysis'})-[:BELONGS_TO]->(g)
  WHERE t.retired_at IS NULL
  OPTIONAL MATCH (t)<-[:ABOUT]-(f:Finding)-[:IN]->(:Project)-[:PART_OF*0..2]->(p:Project)-[:PART_OF]->(g)
  WHERE f.topic IN ['grid', 'result'] AND f.retired_at IS NULL
    AND p.retired_at IS NULL AND p.id IN $visible_projects
    AND (NOT EXISTS { MATCH (f)-[:RESTS_ON]->(:Coding) }
         OR EXISTS {
      MATCH (f)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
      WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
        AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
        AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
    })
  WITH t, count(DISTINCT p) AS heard
  ORDER BY t.position, t.name, t.id
  RETURN collect([t.id, t.name, heard]) AS themes
}
CALL (g) {
  MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
  WHERE place.id IN $visible_projects AND s.retired_at IS NULL
    AND NOT EXISTS {
      MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)
      WHERE x.retired_at IS NULL AND k.retired_at IS NULL
    }
  WITH s ORDER BY toInteger(substring(s.code, 2))
  RETURN collect([s.id, s.code, s.title]) AS bare_sources
}
CALL (g) {
  MATCH (f:Mechanism)-[:BELONGS_TO]->(g)
  WHERE f.retired_at IS NULL AND f.reasoning_known = false
    AND EXISTS { MATCH (f)<-[:FIRES]-(c:Configuration) WHERE c.retired_at IS NULL }
  WITH f ORDER BY toInteger(substring(f.code, 2))
  RETURN collect([f.id, f.code, f.label]) AS activities
}
CALL (g) {
  MATCH (s:Source)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g)
  WHERE place.id IN $visible_projects AND s.retired_at IS NULL
  MATCH (s)<-[:TAKEN_FROM]-(x:Excerpt)<-[:CODES]-(k:Coding)
  WHERE x.retired_at IS NULL AND k.retired_at IS NULL
    AND NOT EXISTS { MATCH (k)-[:BEARS_ON]->(:Record) }
    AND NOT EXISTS { MATCH (k)<-[:RESTS_ON]-(:Record) }
  MATCH (k)-[:CONCERNS]->(p:Record)
  WHERE p.id IN $visible_projects
    AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
    AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
  RETURN count(k) AS unplaced
}
CALL (g) {
  MATCH (p:Project)-[:PART_OF]->(g)
  WHERE p.id IN $visible_projects AND p.retired_at IS NULL
    AND NOT EXISTS {
      MATCH (p)<-[:PART_OF*0..2]-(:Project)<-[:IN_PROJECT]-(a:Assessment)
      WHERE a.retired_at IS NULL AND a.settled
        AND (a.basis = 'judgement' OR EXISTS {
          MATCH (a)-[:RESTS_ON]->(k:Coding)-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
          WHERE k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
            AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
            AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
        })
    }
  WITH p ORDER BY toInteger(substring(p.code, 2))
  RETURN collect([p.id, p.code, p.name]) AS unassessed
}
RETURN configurations, themes, bare_sources, activities, unplaced, unassessed
