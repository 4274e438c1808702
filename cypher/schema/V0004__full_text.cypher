// Searching: notes on passages and paraphrases are indexed as they are, in English; a text by its
// stems, which stand in a node of their own that is made after the text was stored. An earlier program
// would leave a text unfound that it stores, and must not open a casebook that people search.
CREATE CONSTRAINT source_words_source IF NOT EXISTS FOR (n:SourceWords) REQUIRE n.source IS UNIQUE;
CREATE FULLTEXT INDEX source_words IF NOT EXISTS FOR (n:SourceWords) ON EACH [n.words] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
CREATE FULLTEXT INDEX coding_memo IF NOT EXISTS FOR (n:Coding) ON EACH [n.memo] OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}};
CREATE FULLTEXT INDEX excerpt_paraphrase IF NOT EXISTS FOR (n:Excerpt) ON EACH [n.paraphrase] OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}};
