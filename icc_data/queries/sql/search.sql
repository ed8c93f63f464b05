-- The practices of the selection, the best answer to the typed words first: first which they are, then what is known of them.
-- BM25 with weighted fields: Robertson, Zaragoza and Taylor 2004, “Simple BM25 extension to multiple weighted fields”.
WITH {ranked},
chosen AS MATERIALIZED (
    SELECT practice, score, words_held FROM ranked SEMI JOIN (SELECT practice FROM practice WHERE {practices}) USING (practice)
),
-- Where the best come first, titles and years, which tell those of the same score apart, are read of those alone that score
-- as well as the last of the page.
page AS MATERIALIZED (
    SELECT practice, score, words_held FROM practice JOIN chosen USING (practice)
    WHERE NOT $best OR score >= (
        SELECT min(score) FROM (SELECT score FROM chosen ORDER BY score DESC LIMIT $limit::BIGINT + $offset::BIGINT)
    )
    ORDER BY {order} LIMIT $limit OFFSET $offset
),
{shared coded}
SELECT
{shared listed}, added_on, score, words_held
FROM practice JOIN page USING (practice) LEFT JOIN coded USING (practice)
ORDER BY {order};
