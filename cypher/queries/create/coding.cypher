// Makes new nodes of the kind Coding; each row holds all their properties.
// mode: write
// scope: open (the service has checked the role)
// params: rows LIST
UNWIND $rows AS row
CREATE (n:Record:Coding)
SET n = row
RETURN count(n) AS made
