// Which of these changes were taken back, and with how many others each was written.
// mode: read
// scope: open (says nothing of what they hold)
// params: ids LIST
OPTIONAL MATCH (d:Change)
WHERE d.undoes IN $ids
WITH collect(DISTINCT d.undoes) AS undone
OPTIONAL MATCH (p:Change)
WHERE p.part_of IN $ids
WITH undone, p.part_of AS part_of, count(p) AS together
RETURN undone, collect([part_of, together]) AS parts
