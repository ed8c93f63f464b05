-- The selection at a glance.
WITH selected AS MATERIALIZED (SELECT * FROM practice WHERE {practices}),
-- Who has left counts no more.
selected_city AS MATERIALIZED (SELECT city, country FROM city WHERE {cities} AND {shared current}),
practices AS (
    SELECT
        count(*) AS practices,
        count(start_year) AS dated,
        count(*) FILTER (start_year > $as_of - 3) AS recent,
        count(*) FILTER (form = 'year') AS bare,
        count(*) FILTER (start_year > $as_of - 3 AND form = 'year') AS recent_bare,
        count(*) FILTER (when_conflict) AS conflicts,
        count(*) FILTER (ongoing) AS ongoing,
        count(*) FILTER (when_text IS NULL AND start_year IS NULL) AS without_year_text,
        count(*) FILTER (when_text IS NOT NULL AND start_year IS NULL) AS unread_start,
        count(*) FILTER (city_names = '') AS without_city,
        count(*) FILTER (country_names = '') AS without_country,
        count(*) FILTER (url IS NULL) AS without_page,
        count(*) FILTER (confidence = 'low') AS low_confidence,
        count(*) FILTER (practice NOT IN (SELECT practice FROM practice_term WHERE vocabulary = 'policy_area')) AS uncoded,
        min(start_year) AS first_year,
        max(start_year) AS last_year
    FROM selected
),
-- The same selection without its year filter: what is undated is left out by the filter itself.
whenever AS (
    SELECT
        count(*) AS of_any_year,
        count(*) FILTER (start_year IS NULL) AS undated,
        count(*) FILTER (start_year IS NULL AND when_text IS NULL) AS undated_without_text,
        count(*) FILTER (start_year IS NULL AND when_text IS NOT NULL) AS undated_unread
    FROM practice WHERE {whenever}
),
cities AS (SELECT count(*) AS cities, count(DISTINCT country) AS countries FROM selected_city),
active AS (
    SELECT count(DISTINCT city) AS cities_with_practices
    FROM practice_city SEMI JOIN selected USING (practice) SEMI JOIN selected_city USING (city)
),
covered AS (
    SELECT count(DISTINCT code) AS areas
    FROM practice_term SEMI JOIN selected USING (practice) WHERE vocabulary = 'policy_area'
)
SELECT * FROM practices CROSS JOIN whenever CROSS JOIN cities CROSS JOIN active CROSS JOIN covered;
