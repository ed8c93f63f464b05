-- Practices started in, or active during, each year, split by a property; a practice with two values counts once in each.
-- Of the practices, those known to run and those said to go on add up to all; bare ones have a year alone as published.
-- Active years are those of the chosen span, $since to $until, each NULL where it is open.
WITH selected AS (SELECT * FROM practice WHERE {practices} AND start_year IS NOT NULL),
split AS (
    SELECT practice, 'all' AS code FROM selected WHERE $split = 'none'
    UNION ALL
{shared split}
),
years AS (
    SELECT practice, form, known_until, coalesce(code, 'unknown') AS code,
{shared years_counted}
    FROM selected LEFT JOIN split USING (practice)
)
SELECT
    year, code,
    count(*) AS practices,
    count(*) FILTER (year <= known_until) AS known,
    count(*) FILTER (year > known_until) AS said,
    count(*) FILTER (form = 'year') AS bare
FROM years GROUP BY ALL ORDER BY year, code;
