-- The selection at a glance, beside the whole network.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
selected_city AS (SELECT * FROM city WHERE {cities}),
areas AS (SELECT DISTINCT code FROM practice_term SEMI JOIN selected USING (practice) WHERE vocabulary = 'policy_area')
SELECT
    count(*) AS practices,
    count(*) FILTER (start_year IS NOT NULL) AS dated,
    count(*) FILTER (start_year > $as_of - 3) AS recent,
    count(*) FILTER (ongoing) AS ongoing,
    count(*) FILTER (when_text IS NULL) AS without_year_text,
    count(*) FILTER (when_text IS NOT NULL AND start_year IS NULL) AS unread_start,
    count(*) FILTER (city_names = '') AS without_city,
    count(*) FILTER (country_names = '') AS without_country,
    count(*) FILTER (url IS NULL) AS without_page,
    count(*) FILTER (confidence = 'low') AS low_confidence,
    min(start_year) AS first_year,
    max(start_year) AS last_year,
    (SELECT count(*) FROM selected_city) AS cities,
    (SELECT count(DISTINCT city) FROM practice_city SEMI JOIN selected USING (practice) SEMI JOIN selected_city USING (city)) AS cities_with_practices,
    (SELECT count(DISTINCT country) FROM selected_city) AS countries,
    (SELECT count(*) FROM areas) AS areas,
    (SELECT count(*) FROM term WHERE vocabulary = 'policy_area') AS all_areas,
    (SELECT count(*) FROM practice) AS all_practices,
    (SELECT count(*) FROM city) AS all_cities,
    (SELECT count(DISTINCT country) FROM city) AS all_countries
FROM selected;
