// Makes codings that count, from a backup. The mark stands in the statement that makes them: the
// local engine would meet its own id if it were set afterwards in the same transaction.
// mode: write
// scope: open (a backup is restored into an empty casebook only)
// params: rows LIST
UNWIND $rows AS row
CREATE (n:Record:Coding:Counted)
SET n = row
RETURN count(n) AS made
