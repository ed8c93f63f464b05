-- How well each practice that holds the typed words answers them.
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
)
