-- How the selection grew: everything that had started by the end of each year; bare ones have a year alone as published.
-- What came in which year is laid below each other, counted by the year and added up from year to year.
WITH selected AS MATERIALIZED (
    SELECT start_year AS year, form = 'year' AS bare, city_set, policy_area_set, count(*) AS practices
    FROM practice WHERE {practices} AND start_year IS NOT NULL GROUP BY ALL
),
selected_city AS (SELECT city, city_id, country FROM city WHERE {cities}),
first_city AS MATERIALIZED (
    SELECT city, country, min(year) AS year
    FROM selected JOIN facet_set ON facet = 'city' AND "set" = city_set JOIN selected_city ON city_id = value GROUP BY ALL
),
first_area AS (
    SELECT min(year) AS year FROM selected JOIN facet_set ON facet = 'policy_area' AND "set" = policy_area_set GROUP BY value
),
came AS (
    SELECT year, practices, if(bare, practices, 0) AS bare, 0 AS cities, 0 AS countries, 0 AS areas FROM selected
    UNION ALL SELECT year, 0, 0, 1, 0, 0 FROM first_city
    UNION ALL SELECT min(year), 0, 0, 0, 1, 0 FROM first_city GROUP BY country
    UNION ALL SELECT year, 0, 0, 0, 0, 1 FROM first_area
    UNION ALL SELECT unnest(generate_series(min(year), $as_of)), 0, 0, 0, 0, 0 FROM selected
)
SELECT
    year::SMALLINT AS year,
    sum(practices)::BIGINT AS started,
    sum(bare)::BIGINT AS started_bare,
    (sum(sum(practices)) OVER so_far)::BIGINT AS practices,
    (sum(sum(cities)) OVER so_far)::BIGINT AS cities,
    (sum(sum(countries)) OVER so_far)::BIGINT AS countries,
    (sum(sum(areas)) OVER so_far)::BIGINT AS areas
FROM came GROUP BY year WINDOW so_far AS (ORDER BY year) ORDER BY year;
