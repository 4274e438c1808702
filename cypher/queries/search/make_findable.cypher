// Stores by which words texts are found: [{source, sha256, words}], anew where a text was stored anew.
// mode: write
// scope: open (what is found is shown only to those who may read it)
// params: rows LIST
UNWIND $rows AS row
MERGE (w:SourceWords {source: row.source})
SET w.words = row.words, w.sha256 = row.sha256
RETURN count(*) AS made
