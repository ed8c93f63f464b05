-- The practices of the selection, the best answer to the typed words first: first which they are, then what is known of them.
-- BM25 with weighted fields: Robertson, Zaragoza and Taylor 2004, “Simple BM25 extension to multiple weighted fields”.
WITH {match},
scored AS (
    SELECT practice, typed, max(
        weight * ln(1 + (num_docs - df + 0.5) / (df + 0.5))
        * weighted * 2.2 / (weighted + 1.2 * (0.25 + 0.75 * len / avgdl))
    ) AS score
    FROM reading JOIN fts_main_practice_text.posting USING (termid) JOIN fts_main_practice_text.dict USING (termid)
    SEMI JOIN matched USING (practice) CROSS JOIN fts_main_practice_text.stats
    GROUP BY ALL
    UNION ALL
    -- A year weighs as much as a word of the summary that so many practices have.
    SELECT practice, typed, 1.5 * ln(1 + ((SELECT count(*) FROM practice) - years.df + 0.5) / (years.df + 0.5))
    FROM dated SEMI JOIN matched USING (practice)
    JOIN (SELECT typed, count(*) AS df FROM dated GROUP BY typed) AS years USING (typed)
),
ranked AS (
    SELECT practice, sum(score) AS score, count(DISTINCT typed) AS words_held FROM scored GROUP BY practice
),
page AS MATERIALIZED (
    SELECT practice, score, words_held FROM practice JOIN ranked USING (practice)
    WHERE {practices} ORDER BY {order} LIMIT $limit OFFSET $offset
),
{shared coded}
SELECT
{shared listed}, added_on, score, words_held
FROM practice JOIN page USING (practice) LEFT JOIN coded USING (practice)
ORDER BY {order};
