// As how many changes these acts were written, as one column of [first change, how many].
// mode: read
// scope: open (numbers)
// params: ids LIST
MATCH (c:Change)
WHERE c.part_of IN $ids
WITH c.part_of AS part_of, count(c) AS together
RETURN collect([part_of, together]) AS parts
