-- How often each word stands in the summaries of the selection and in those of all other practices. It is counted in the
-- smaller of the two, and what the other holds is all but that. Summaries are in English; small words, short ones, numbers
-- and names of places are left out.
WITH selected AS MATERIALIZED (SELECT practice FROM practice WHERE {practices}),
size AS MATERIALIZED (
    SELECT "of", "all" - "of" AS rest_of
    FROM (SELECT count(*) AS "of" FROM selected) CROSS JOIN (SELECT count(*) AS "all" FROM practice)
),
smaller AS (
    SELECT practice FROM selected CROSS JOIN size WHERE "of" <= rest_of
    UNION ALL
    SELECT practice FROM (SELECT practice FROM practice CROSS JOIN size WHERE "of" > rest_of AND rest_of > 0)
    ANTI JOIN (SELECT practice FROM selected CROSS JOIN size WHERE "of" > rest_of AND rest_of > 0) USING (practice)
),
held AS (
    SELECT termid, count(*) AS held_by, sum(times)::BIGINT AS held_times
    FROM (
        SELECT unnest(terms) AS termid, unnest(times) AS times
        FROM fts_main_practice_text.summary SEMI JOIN smaller USING (practice)
    )
    GROUP BY termid
),
small AS (SELECT search_term(word) AS term FROM (SELECT unnest($common_words::VARCHAR[]) AS word)),
place AS (SELECT term FROM search_word WHERE place),
counted AS MATERIALIZED (
    SELECT
        term,
        if("of" <= rest_of, coalesce(held_by, 0), summaries - coalesce(held_by, 0)) AS practices,
        summaries - practices AS rest_practices,
        if("of" <= rest_of, coalesce(held_times, 0), summary_times - coalesce(held_times, 0)) AS times,
        summary_times - times AS rest_times
    FROM fts_main_practice_text.dict LEFT JOIN held USING (termid) CROSS JOIN size
    WHERE length(term) > 2 AND NOT regexp_matches(term, '[0-9]') AND term NOT IN (FROM small) AND term NOT IN (FROM place)
),
spelling AS (SELECT term, arg_max(word, practices) AS word FROM search_word GROUP BY term)
SELECT
    term, coalesce(word, term) AS word, practices, rest_practices, times, rest_times, "of", rest_of,
    (SELECT sum(times) FROM counted)::BIGINT AS all_times,
    (SELECT sum(rest_times) FROM counted)::BIGINT AS rest_all_times
FROM counted CROSS JOIN size LEFT JOIN spelling USING (term)
WHERE practices >= $fewest
ORDER BY practices DESC, term;
