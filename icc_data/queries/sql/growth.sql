-- How the selection grew: everything that had started by the end of each year; bare ones have a year alone as published.
WITH selected AS MATERIALIZED (
    SELECT start_year, form = 'year' AS bare, city_set, policy_area_set, count(*) AS practices
    FROM practice WHERE {practices} GROUP BY ALL
),
selected_city AS (SELECT * FROM city WHERE {cities}),
span AS (
    SELECT unnest(generate_series((SELECT min(start_year) FROM selected), $as_of))::SMALLINT AS year
),
started AS (
    SELECT start_year, sum(practices) AS practices, sum(practices) FILTER (bare) AS bare
    FROM selected WHERE start_year IS NOT NULL GROUP BY ALL
),
first_city AS (
    SELECT city, country, min(start_year) AS year
    FROM selected JOIN facet_set ON facet = 'city' AND "set" = city_set JOIN selected_city ON city_id = value
    WHERE start_year IS NOT NULL GROUP BY ALL
),
first_country AS (SELECT country, min(year) AS year FROM first_city GROUP BY ALL),
first_area AS (
    SELECT value AS code, min(start_year) AS year
    FROM selected JOIN facet_set ON facet = 'policy_area' AND "set" = policy_area_set
    WHERE start_year IS NOT NULL GROUP BY ALL
)
SELECT
    year,
    (SELECT coalesce(sum(practices), 0)::BIGINT FROM started WHERE start_year = span.year) AS started,
    (SELECT coalesce(sum(bare), 0)::BIGINT FROM started WHERE start_year = span.year) AS started_bare,
    (SELECT coalesce(sum(practices), 0)::BIGINT FROM started WHERE start_year <= span.year) AS practices,
    (SELECT count(*) FROM first_city WHERE first_city.year <= span.year) AS cities,
    (SELECT count(*) FROM first_country WHERE first_country.year <= span.year) AS countries,
    (SELECT count(*) FROM first_area WHERE first_area.year <= span.year) AS areas
FROM span ORDER BY year;
