// The projects of a programme of which, with their sub-cases, no settled assessment stands, in order
// of their codes.
// mode: read
// scope: projects
// params: programme_id ID
MATCH (g:Programme {id: $programme_id})
WHERE g.id IN $visible_projects AND g.retired_at IS NULL
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
RETURN p.id AS id, p.code AS code, p.name AS name
ORDER BY toInteger(substring(code, 2)), id
