-- How the selection grew: everything that had started by the end of each year; bare ones have a year alone as published.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
selected_city AS (SELECT * FROM city WHERE {cities}),
span AS (
    SELECT unnest(generate_series((SELECT min(start_year) FROM selected), $as_of))::SMALLINT AS year
),
first_city AS (
    SELECT city, country, min(start_year) AS year
    FROM selected JOIN practice_city USING (practice) JOIN selected_city USING (city)
    WHERE start_year IS NOT NULL GROUP BY ALL
),
first_country AS (SELECT country, min(year) AS year FROM first_city GROUP BY ALL),
first_area AS (
    SELECT code, min(start_year) AS year FROM selected JOIN practice_term USING (practice)
    WHERE vocabulary = 'policy_area' AND start_year IS NOT NULL GROUP BY ALL
)
SELECT
    year,
    (SELECT count(*) FROM selected WHERE start_year = span.year) AS started,
    (SELECT count(*) FROM selected WHERE start_year = span.year AND form = 'year') AS started_bare,
    (SELECT count(*) FROM selected WHERE start_year <= span.year) AS practices,
    (SELECT count(*) FROM first_city WHERE first_city.year <= span.year) AS cities,
    (SELECT count(*) FROM first_country WHERE first_country.year <= span.year) AS countries,
    (SELECT count(*) FROM first_area WHERE first_area.year <= span.year) AS areas
FROM span ORDER BY year;
