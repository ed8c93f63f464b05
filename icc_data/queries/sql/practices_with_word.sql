-- The practices of the selection whose summary holds a word, whatever its ending.
WITH meant AS (SELECT termid::UINTEGER AS termid FROM fts_main_practice_text.dict WHERE term = search_term($word)),
-- Who has it in the title or the summary is few, and tells which summaries to read.
near AS (SELECT practice, termid FROM meant JOIN fts_main_practice_text.posting USING (termid) WHERE in_text),
holding AS (
    SELECT practice FROM fts_main_practice_text.summary JOIN near USING (practice) WHERE list_contains(terms, termid)
)
SELECT practice_id, title, city_names, start_year
FROM practice SEMI JOIN holding USING (practice) WHERE {practices}
ORDER BY title COLLATE {language}, practice_id;
