-- Where each term of a range stands: which practices have it, how often (a title counts four times, a place three times,
-- the summary one and a half times), and of how many words each is.
INSERT INTO fts_main_practice_text.posting
SELECT
    termid, name AS practice, len::UINTEGER,
    weighted, in_title, in_text
FROM (
    SELECT
        termid, docid,
        sum(CASE fieldid WHEN 0 THEN 4.0 WHEN 2 THEN 3.0 WHEN 1 THEN 1.5 ELSE 1.0 END::DOUBLE) AS weighted,
        min(fieldid) = 0 AS in_title, min(fieldid) < 2 AS in_text
    FROM fts_main_practice_text.terms
    WHERE termid BETWEEN $first AND $last
    GROUP BY termid, docid
) JOIN fts_main_practice_text.docs USING (docid)
ORDER BY termid, practice
