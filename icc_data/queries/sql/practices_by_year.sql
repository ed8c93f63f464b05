-- Practices started in, or active during, each year, split by a property; a practice with two values counts once in each.
-- Of the practices, those known to run and those said to go on add up to all; bare ones have a year alone as published.
-- Active years are those of the chosen span, $since to $until, each NULL where it is open.
WITH selected AS (SELECT * FROM practice WHERE {practices} AND start_year IS NOT NULL),
split AS (
    SELECT practice, 'all' AS code FROM selected WHERE $split = 'none'
    UNION ALL
    SELECT practice, code FROM practice_term WHERE $split = 'policy_area' AND vocabulary = 'policy_area'
    UNION ALL
    SELECT DISTINCT practice, "group"
    FROM practice_term JOIN term USING (vocabulary, code) WHERE $split = 'commitment' AND vocabulary = 'policy_area'
    UNION ALL
    SELECT practice, slug FROM practice_country JOIN country USING (country) WHERE $split = 'country'
),
years AS (
    SELECT practice, form, known_until, coalesce(code, 'unknown') AS code,
        unnest(CASE
            WHEN $active THEN generate_series(
                greatest(start_year, $since),
                least(CASE WHEN $said THEN last_active_year ELSE known_until END, $until, $as_of)
            )
            ELSE [start_year]
        END)::SMALLINT AS year
    FROM selected LEFT JOIN split USING (practice)
)
SELECT
    year, code,
    count(*) AS practices,
    count(*) FILTER (year <= known_until) AS known,
    count(*) FILTER (year > known_until) AS said,
    count(*) FILTER (form = 'year') AS bare
FROM years GROUP BY ALL ORDER BY year, code;
