// Makes new nodes of the kind Informant; each row holds all their properties.
// mode: write
// scope: open (the service has checked the role)
// params: rows LIST
UNWIND $rows AS row
CREATE (n:Record:Informant)
SET n = row
RETURN count(n) AS made
