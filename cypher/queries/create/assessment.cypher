// Makes new nodes of the kind Assessment; each row holds all their properties.
// mode: write
// scope: open (the service has checked the role)
// params: rows LIST
UNWIND $rows AS row
CREATE (n:Record:Assessment)
SET n = row
RETURN count(n) AS made
