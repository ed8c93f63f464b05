-- How well each practice that holds the typed words answers them. Of BM25, what is the same for all practices that hold a
-- term is worked out once.
meant AS (
    SELECT list_position($words::VARCHAR[], typed)::UTINYINT AS typed, termid,
        weight * 2.2 * ln(1 + (num_docs - df + 0.5) / (df + 0.5)) AS most, 1.2 * 0.75 / avgdl AS per_word
    FROM reading JOIN fts_main_practice_text.dict USING (termid) CROSS JOIN fts_main_practice_text.stats
),
scored AS (
    SELECT practice, typed, words, max(most * weighted / (weighted + 1.2 * 0.25 + per_word * len)) AS score
    FROM meant JOIN fts_main_practice_text.posting USING (termid) JOIN matched USING (practice)
    GROUP BY ALL
    UNION ALL
    -- A year weighs as much as a word of the summary that so many practices have.
    SELECT practice, 0, words, 1.5 * ln(1 + ((SELECT count(*) FROM practice) - years.df + 0.5) / (years.df + 0.5))
    FROM dated JOIN matched USING (practice)
    JOIN (SELECT typed, count(*) AS df FROM dated GROUP BY typed) AS years USING (typed)
),
-- Added up in whole billionths: those that answer equally well score the same in whatever order that is done, and a page
-- begins where the one before ended.
ranked AS (
    SELECT practice, sum((score * 1e9)::BIGINT)::BIGINT / 1e9 AS score, max(words)::BIGINT AS words_held FROM scored GROUP BY practice
)
