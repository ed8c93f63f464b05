-- How often each word stands in the summaries of the selection and in those of all other practices.
WITH selected AS MATERIALIZED (SELECT practice FROM practice WHERE {practices}),
{shared summary_words},
told AS (
    SELECT termid, practice IN (FROM selected) AS here, count(*) AS times FROM summary_word GROUP BY termid, practice
),
counted AS MATERIALIZED (
    SELECT
        termid,
        count(*) FILTER (here) AS practices,
        count(*) FILTER (NOT here) AS rest_practices,
        coalesce(sum(times) FILTER (here), 0)::BIGINT AS times,
        coalesce(sum(times) FILTER (NOT here), 0)::BIGINT AS rest_times
    FROM told GROUP BY termid
),
spelling AS (SELECT term, arg_max(word, practices) AS word FROM search_word GROUP BY term)
SELECT
    term, coalesce(word, term) AS word, practices, rest_practices, times, rest_times,
    (SELECT count(*) FROM selected) AS "of",
    (SELECT count(*) FROM practice) - (SELECT count(*) FROM selected) AS rest_of,
    (SELECT sum(times) FROM counted)::BIGINT AS all_times,
    (SELECT sum(rest_times) FROM counted)::BIGINT AS rest_all_times
FROM counted JOIN fts_main_practice_text.dict USING (termid) LEFT JOIN spelling USING (term)
WHERE practices >= $fewest
ORDER BY practices DESC, term;
