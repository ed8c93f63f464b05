-- The selection at a glance.
WITH selected AS MATERIALIZED (
    SELECT practice, start_year, form, when_conflict, ongoing, when_text IS NOT NULL AS has_text, city_set, country_set, policy_area_set,
        url IS NOT NULL AS has_page, confidence
    FROM practice WHERE {practices}
),
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
        count(*) FILTER (NOT has_text AND start_year IS NULL) AS without_year_text,
        count(*) FILTER (has_text AND start_year IS NULL) AS unread_start,
        count(*) FILTER (city_set = 0) AS without_city,
        count(*) FILTER (country_set = 0) AS without_country,
        count(*) FILTER (NOT has_page) AS without_page,
        count(*) FILTER (confidence = 'low') AS low_confidence,
        count(*) FILTER (policy_area_set = 0) AS uncoded,
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
    FROM (SELECT DISTINCT city_set AS "set" FROM selected) JOIN facet_set USING ("set") JOIN city ON city_id = value
    SEMI JOIN selected_city USING (city)
    WHERE facet = 'city'
),
covered AS (
    SELECT count(DISTINCT value) AS areas
    FROM (SELECT DISTINCT policy_area_set AS "set" FROM selected) JOIN facet_set USING ("set") WHERE facet = 'policy_area'
)
SELECT * FROM practices CROSS JOIN whenever CROSS JOIN cities CROSS JOIN active CROSS JOIN covered;
