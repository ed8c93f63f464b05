-- Practices of one policy area by year beside all practices of the selection, and how many of the area there would be
-- if its share were the same every year.
WITH selected AS (SELECT * FROM practice WHERE {practices} AND start_year IS NOT NULL),
area AS (SELECT practice FROM practice_term WHERE vocabulary = 'policy_area' AND code = $area),
years AS (
    SELECT practice,
        unnest(CASE WHEN $active THEN generate_series(start_year, least(last_active_year, $as_of)) ELSE [start_year] END)::SMALLINT AS year
    FROM selected
),
span AS (SELECT unnest(generate_series(min(year), max(year)))::SMALLINT AS year FROM years),
counted AS (
    SELECT year, count(practice) FILTER (practice IN (SELECT practice FROM area)) AS practices, count(practice) AS all_practices
    FROM span LEFT JOIN years USING (year) GROUP BY year
)
SELECT year, practices, all_practices, all_practices * sum(practices) OVER () / sum(all_practices) OVER () AS expected
FROM counted ORDER BY year;
