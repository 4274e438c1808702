// Some codings of a programme with all that a figure needs of them, so that it is not counted anew:
// whether each stands (as case/counts counts), whether it counts, whether it was carried from an
// earlier version and waits to be affirmed, what it bears on, whether something rests on it, who
// coded it when, and its voices as [informant, role group].
// mode: read
// scope: projects
// params: programme_id ID, coding_ids IDS
UNWIND $coding_ids AS coding_id
MATCH (k:Record {id: coding_id})-[:CODES]->(x:Excerpt)-[:TAKEN_FROM]->(s:Source)
WHERE k:Coding
MATCH (s)-[:COLLECTED_IN]->(place:Record)-[:PART_OF*0..3]->(g:Programme)
WHERE g.id = $programme_id AND g.id IN $visible_projects AND g.retired_at IS NULL
  AND place.id IN $visible_projects
MATCH (k)-[:CONCERNS]->(p:Record)
WHERE p.id IN $visible_projects
OPTIONAL MATCH (k)-[:BEARS_ON]->(t:Record)
OPTIONAL MATCH (k)-[:JUDGED_BY]->(u:User)
RETURN k.id AS id, u.id AS coder_id, k.created_at AS coded_at,
       k.retired_at IS NULL AND x.retired_at IS NULL AND s.retired_at IS NULL
       AND (NOT coalesce(s.synthetic, false) OR coalesce(g.synthetic, false))
       AND NOT EXISTS { MATCH (x)-[:SPOKEN_BY]->(i:Informant) WHERE i.withdrawn_at IS NOT NULL }
         AS stands,
       'Counted' IN labels(k) AS counted, coalesce(NOT k.affirmed, false) AS carried, t.id AS target_id,
       [l IN labels(t) WHERE l IN ['Configuration', 'CmoLink', 'Factor', 'ProgrammeTheory',
                                   'Relation', 'Theme']][0] AS target_type,
       EXISTS { MATCH (k)<-[:RESTS_ON]-(:Record) } AS rested_on,
       k.stance AS stance, k.claim AS claim, p.id AS concerns_id, s.id AS source_id,
       s.kind AS source_kind,
       [(x)-[:SPOKEN_BY]->(i:Informant)
        | [i.id, coalesce($small_groups[i.role_group], i.role_group)]] AS voices
ORDER BY id
