-- Practices that started in a span of years and have each term of a list, of all that started
-- then, beside the span before. Those that nobody has coded yet are counted apart: what is coded last would seem to shrink.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
started AS MATERIALIZED (
    SELECT practice, start_year >= $first AS newer, policy_area_set <> 0 AS coded FROM selected
    WHERE start_year BETWEEN $before_first AND $before_last OR start_year BETWEEN $first AND $last
),
total AS (
    SELECT count(*) FILTER (newer AND coded) AS "of", count(*) FILTER (NOT newer AND coded) AS of_before,
        count(*) FILTER (NOT coded) AS uncoded
    FROM started
),
counted AS (
    SELECT code, count(DISTINCT practice) FILTER (newer) AS practices,
        count(DISTINCT practice) FILTER (NOT newer) AS practices_before
    FROM started JOIN practice_term USING (practice) WHERE coded AND vocabulary = $vocabulary GROUP BY code
)
SELECT
    code, coalesce(practices, 0) AS practices, "of", coalesce(practices_before, 0) AS practices_before, of_before,
    uncoded
FROM term LEFT JOIN counted USING (code) CROSS JOIN total
WHERE vocabulary = $vocabulary
ORDER BY position;
