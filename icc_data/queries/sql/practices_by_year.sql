-- Practices started in, or active during, each year, split by a property; a practice with two values counts once in each.
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
    SELECT practice, coalesce(code, 'unknown') AS code,
        unnest(CASE WHEN $active THEN generate_series(start_year, least(last_active_year, $as_of)) ELSE [start_year] END)::SMALLINT AS year
    FROM selected LEFT JOIN split USING (practice)
)
SELECT year, code, count(*) AS practices FROM years GROUP BY ALL ORDER BY year, code;
