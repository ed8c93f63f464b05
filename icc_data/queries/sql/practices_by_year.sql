-- Practices started in, or active during, each year, split by a property; a practice with two values counts once in each.
-- Of the practices, those known to run and those said to go on add up to all; bare ones have a year alone as published.
-- Active years are those of the chosen span. Practices of the same years and values are counted together first.
WITH selected AS MATERIALIZED (
    SELECT start_year, known_until, last_active_year, form = 'year' AS bare,
    {split_set} AS "set",
        count(*) AS practices
    FROM practice WHERE {practices} AND start_year IS NOT NULL GROUP BY ALL
),
split AS (
    {split}
),
years AS (
    SELECT practices, bare, known_until, coalesce(code, 'unknown') AS code,
        {year} AS year
    FROM selected LEFT JOIN split USING ("set")
)
SELECT
    year, code,
    sum(practices)::BIGINT AS practices,
    coalesce(sum(practices) FILTER (year <= known_until), 0)::BIGINT AS known,
    coalesce(sum(practices) FILTER (year > known_until), 0)::BIGINT AS said,
    coalesce(sum(practices) FILTER (bare), 0)::BIGINT AS bare
FROM years GROUP BY ALL ORDER BY year, code;
