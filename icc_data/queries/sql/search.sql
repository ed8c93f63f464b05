-- The practices of the selection, the best answer to the typed words first.
-- BM25 with weighted fields: Robertson, Zaragoza and Taylor 2004, “Simple BM25 extension to multiple weighted fields”.
WITH {match},
selected AS (SELECT * FROM practice WHERE {practices}),
fields AS (
    SELECT fieldid, CASE field WHEN 'title' THEN 4.0 WHEN 'place' THEN 3.0 WHEN 'summary' THEN 1.5 ELSE 1.0 END AS importance
    FROM fts_main_practice_text.fields
),
frequency AS (
    SELECT docid, termid, sum(importance) AS weighted
    FROM fts_main_practice_text.terms JOIN fields USING (fieldid) SEMI JOIN reading USING (termid) GROUP BY ALL
),
scored AS (
    SELECT docs.name AS practice, typed, max(
        weight * ln(1 + (num_docs - df + 0.5) / (df + 0.5))
        * weighted * 2.2 / (weighted + 1.2 * (0.25 + 0.75 * len / avgdl))
    ) AS score
    FROM reading JOIN frequency USING (termid) JOIN fts_main_practice_text.dict USING (termid)
    JOIN fts_main_practice_text.docs USING (docid) CROSS JOIN fts_main_practice_text.stats
    GROUP BY ALL
    UNION ALL
    -- A year weighs as much as a word of the summary that so many practices have.
    SELECT practice, typed, 1.5 * ln(1 + ((SELECT count(*) FROM practice) - years.df + 0.5) / (years.df + 0.5))
    FROM dated JOIN (SELECT typed, count(*) AS df FROM dated GROUP BY typed) AS years USING (typed)
),
ranked AS (SELECT practice, sum(score) AS score, count(DISTINCT typed) AS words_held FROM scored GROUP BY practice),
{shared coded}
SELECT
{shared listed}, added_on, score, words_held
FROM selected JOIN ranked USING (practice) LEFT JOIN coded USING (practice)
ORDER BY {order}
LIMIT $limit OFFSET $offset;
