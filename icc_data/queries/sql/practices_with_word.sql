-- The practices of the selection whose summary holds a word, whatever its ending.
WITH holding AS (
    SELECT DISTINCT docs.name AS practice
    FROM fts_main_practice_text.dict JOIN fts_main_practice_text.terms USING (termid)
    JOIN fts_main_practice_text.fields USING (fieldid) JOIN fts_main_practice_text.docs USING (docid)
    WHERE term = search_term($word) AND field = 'summary'
)
SELECT practice_id, title, city_names, start_year
FROM practice SEMI JOIN holding USING (practice) WHERE {practices}
ORDER BY title COLLATE {language}, practice_id;
