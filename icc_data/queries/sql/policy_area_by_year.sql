-- Practices of one policy area by year beside all practices of the selection, and how many of the area there would be
-- if its share were the same every year. Of the practices, those known to run and those said to go on add up to all;
-- bare ones have a year alone as published.
WITH selected AS (SELECT * FROM practice WHERE {practices} AND start_year IS NOT NULL),
area AS (SELECT practice FROM practice_term WHERE vocabulary = 'policy_area' AND code = $area),
years AS (
    SELECT practice, form, known_until, practice IN (SELECT practice FROM area) AS of_area,
{shared years_counted}
    FROM selected
),
span AS (SELECT unnest(generate_series(min(year), max(year)))::SMALLINT AS year FROM years),
counted AS (
    SELECT
        year,
        count(practice) FILTER (of_area) AS practices,
        count(practice) AS all_practices,
        count(practice) FILTER (of_area AND year <= known_until) AS known,
        count(practice) FILTER (of_area AND year > known_until) AS said,
        count(practice) FILTER (of_area AND form = 'year') AS bare,
        count(practice) FILTER (year <= known_until) AS all_known
    FROM span LEFT JOIN years USING (year) GROUP BY year
)
SELECT
    year, practices, all_practices, all_practices * sum(practices) OVER () / sum(all_practices) OVER () AS expected,
    known, said, bare, all_known
FROM counted ORDER BY year;
