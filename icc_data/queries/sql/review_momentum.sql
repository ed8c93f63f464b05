-- Practices that started in a span of years and have each term of a list, of all that started
-- then, beside the span before. Those that nobody has coded yet are counted apart: what is coded last would seem to shrink.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
started AS MATERIALIZED (
    SELECT {sets} AS "set", start_year >= $first AS newer, policy_area_set <> 0 AS coded, count(*) AS practices FROM selected
    WHERE start_year BETWEEN $before_first AND $before_last OR start_year BETWEEN $first AND $last
    GROUP BY ALL
),
total AS (
    SELECT
        coalesce(sum(practices) FILTER (newer AND coded), 0)::BIGINT AS "of",
        coalesce(sum(practices) FILTER (NOT newer AND coded), 0)::BIGINT AS of_before,
        coalesce(sum(practices) FILTER (NOT coded), 0)::BIGINT AS uncoded
    FROM started
),
counted AS (
    SELECT value AS code, (sum(practices) FILTER (newer))::BIGINT AS practices,
        (sum(practices) FILTER (NOT newer))::BIGINT AS practices_before
    FROM started JOIN facet_set USING ("set") WHERE coded AND facet = $vocabulary GROUP BY value
)
SELECT
    code, coalesce(practices, 0) AS practices, "of", coalesce(practices_before, 0) AS practices_before, of_before,
    uncoded
FROM term LEFT JOIN counted USING (code) CROSS JOIN total
WHERE vocabulary = $vocabulary
ORDER BY position;
