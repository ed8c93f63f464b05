-- Practices with any of the excluded phrases as it stands, or with an excluded word in another spelling. Texts are read of
-- those practices alone that hold every word of it.
WITH excluded AS (SELECT DISTINCT unnest($excluded_phrases::VARCHAR[]) AS phrase),
holding AS (
    SELECT phrase, practice
    FROM (SELECT phrase, unnest(string_split(phrase, ' ')) AS word FROM excluded)
    JOIN fts_main_practice_text.dict ON term = search_term(word) JOIN fts_main_practice_text.posting USING (termid)
    GROUP BY phrase, practice
    HAVING count(DISTINCT word) = len(list_distinct(string_split(phrase, ' ')))
)
SELECT practice FROM holding JOIN practice_text USING (practice)
WHERE contains(' ' || concat_ws(' / ', title, summary, place, labels) || ' ', ' ' || phrase || ' ')
