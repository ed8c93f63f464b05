-- Every word of the summaries, which are in English, but for small ones, short ones, numbers and names of places.
small AS (SELECT search_term(word) AS term FROM (SELECT unnest($common_words::VARCHAR[]) AS word)),
place AS (SELECT term FROM search_word WHERE place),
summary_word AS (
    SELECT docs.name AS practice, termid
    FROM fts_main_practice_text.terms JOIN fts_main_practice_text.fields USING (fieldid)
    JOIN fts_main_practice_text.docs USING (docid) JOIN fts_main_practice_text.dict USING (termid)
    WHERE field = 'summary' AND length(term) > 2 AND NOT regexp_matches(term, '[0-9]')
        AND term NOT IN (FROM small) AND term NOT IN (FROM place)
)
