-- One policy area in numbers, each beside the same number of all practices of the selection.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
area AS (SELECT "set" FROM facet_set WHERE facet = 'policy_area' AND value = $area),
held AS (SELECT * FROM selected WHERE policy_area_set IN (FROM area)),
selected_city AS (SELECT city FROM city WHERE {cities}),
counted AS (
    SELECT
        count(*) AS practices,
        count(start_year) AS dated,
        count(*) FILTER (start_year > $as_of - 3) AS recent,
        count(*) FILTER (form = 'year') AS bare,
        count(*) FILTER (when_text IS NULL AND start_year IS NULL) AS without_year_text,
        count(*) FILTER (when_text IS NOT NULL AND start_year IS NULL) AS unread_start,
        count(*) FILTER (city_names = '') AS without_city,
        count(*) FILTER (country_names = '') AS without_country,
        min(start_year) AS first_start,
        max(start_year) AS last_start
    FROM held
),
whole AS (
    SELECT
        count(*) AS all_practices,
        count(start_year) AS all_dated,
        count(*) FILTER (start_year > $as_of - 3) AS all_recent,
        max(start_year) AS all_last_start,
        count(*) FILTER (policy_area_set = 0) AS all_uncoded
    FROM selected
),
-- The same selection without its year filter: what is undated is left out by the filter itself.
whenever AS (
    SELECT
        count(*) FILTER (policy_area_set IN (FROM area)) AS of_any_year,
        count(*) FILTER (policy_area_set IN (FROM area) AND start_year IS NULL) AS undated,
        count(*) AS all_of_any_year,
        count(*) FILTER (start_year IS NULL) AS all_undated
    FROM practice WHERE {whenever}
),
places AS (
    SELECT
        count(DISTINCT city) FILTER (policy_area_set IN (FROM area)) AS cities,
        count(DISTINCT city) AS all_cities
    FROM (SELECT DISTINCT city_set, policy_area_set FROM selected) JOIN facet_set ON facet = 'city' AND "set" = city_set
    JOIN city ON city_id = value SEMI JOIN selected_city USING (city)
),
lands AS (
    SELECT
        count(DISTINCT value) FILTER (policy_area_set IN (FROM area)) AS countries,
        count(DISTINCT value) AS all_countries
    FROM (SELECT DISTINCT country_set, policy_area_set FROM selected) JOIN facet_set ON facet = 'country' AND "set" = country_set
    WHERE {countries}
)
SELECT * FROM counted CROSS JOIN whole CROSS JOIN whenever CROSS JOIN places CROSS JOIN lands;
