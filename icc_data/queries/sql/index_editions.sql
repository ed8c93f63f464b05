-- What is known of each edition of the Index: cities of the selection with a score and with a report, and how many cities the programme compared.
WITH selected AS (SELECT city_set FROM practice WHERE {practices}),
selected_city AS (SELECT city FROM city WHERE {cities}),
-- How many cities an edition compares does not depend on the selection; “>60” counts as 60. Results and reports that
-- state no edition may be of several, so there is no such number. Pages of one edition may differ, as it grew.
compared AS (
    SELECT
        year,
        CASE WHEN year IS NOT NULL THEN max(cities) END AS compared,
        CASE WHEN year IS NOT NULL THEN min(cities) END AS compared_least
    FROM (
        SELECT year, cities_compared AS cities FROM index_score
        UNION ALL SELECT year, try_cast(ltrim(cities_compared, '>') AS INTEGER) FROM index_report
    ) GROUP BY year
),
scored AS (
    SELECT year, count(DISTINCT city) AS scored, count(*) AS scores FROM index_score SEMI JOIN selected_city USING (city)
    WHERE score IS NOT NULL GROUP BY year
),
reported AS (
    SELECT year, count(DISTINCT city) AS reported FROM index_report SEMI JOIN selected_city USING (city) GROUP BY year
)
SELECT
    compared.year, coalesce(scored, 0) AS scored, coalesce(scores, 0) AS scores, coalesce(reported, 0) AS reported, compared,
    compared_least
FROM compared
LEFT JOIN scored ON scored.year IS NOT DISTINCT FROM compared.year
LEFT JOIN reported ON reported.year IS NOT DISTINCT FROM compared.year
WHERE scored IS NOT NULL OR reported IS NOT NULL
ORDER BY compared.year NULLS LAST;
