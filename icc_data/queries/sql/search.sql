-- The practices of the selection, the best answer to the typed words first: first which they are, then what is known of them.
-- BM25 with weighted fields: Robertson, Zaragoza and Taylor 2004, “Simple BM25 extension to multiple weighted fields”.
WITH {match},
{shared ranked},
page AS MATERIALIZED (
    SELECT practice, score, words_held FROM practice JOIN ranked USING (practice)
    WHERE {practices} ORDER BY {order} LIMIT $limit OFFSET $offset
),
{shared coded}
SELECT
{shared listed}, added_on, score, words_held
FROM practice JOIN page USING (practice) LEFT JOIN coded USING (practice)
ORDER BY {order};
