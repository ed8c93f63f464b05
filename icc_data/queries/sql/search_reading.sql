-- What each typed word was taken for, surest words first.
WITH {match}
SELECT
    typed,
    CASE
        WHEN typed IN (SELECT typed FROM dated) THEN 'year'
        WHEN max(kind) IS NULL AND typed IN (FROM fixed) THEN 'untouched'
        ELSE arg_max(kind, weight)
    END AS kind,
    list(DISTINCT word ORDER BY word) FILTER (word IS NOT NULL) AS words,
    (SELECT string_agg(DISTINCT meant, ', ') FROM exonym WHERE exonym.typed = typed.typed) AS meant,
    (SELECT holding_all FROM asked) AS holding_all,
    (SELECT needed FROM asked)::INTEGER AS needed
FROM typed LEFT JOIN reading USING (typed)
LEFT JOIN fts_main_practice_text.dict USING (termid) LEFT JOIN search_word USING (term)
GROUP BY typed;
