-- One policy area in numbers, each beside the same number of all practices of the selection. Those that the year filter
-- leaves out are looked at as well, as what is undated is left out by the filter itself.
WITH whenever AS MATERIALIZED (
    SELECT {in_span} AS chosen, start_year, form = 'year' AS has_year_alone, when_text IS NOT NULL AS has_text, city_set, country_set,
        policy_area_set = 0 AS is_uncoded,
        policy_area_set IN (SELECT "set" FROM facet_set WHERE facet = 'policy_area' AND value = $area) AS in_area
    FROM practice WHERE {whenever}
),
selected AS NOT MATERIALIZED (SELECT * FROM whenever WHERE chosen),
counted AS (
    SELECT
        count(*) AS practices,
        count(start_year) AS dated,
        count(*) FILTER (start_year > $as_of - 3) AS recent,
        count(*) FILTER (has_year_alone) AS bare,
        count(*) FILTER (NOT has_text AND start_year IS NULL) AS without_year_text,
        count(*) FILTER (has_text AND start_year IS NULL) AS unread_start,
        count(*) FILTER (city_set = 0) AS without_city,
        count(*) FILTER (country_set = 0) AS without_country,
        min(start_year) AS first_start,
        max(start_year) AS last_start
    FROM selected WHERE in_area
),
whole AS (
    SELECT
        count(*) AS all_practices,
        count(start_year) AS all_dated,
        count(*) FILTER (start_year > $as_of - 3) AS all_recent,
        max(start_year) AS all_last_start,
        count(*) FILTER (is_uncoded) AS all_uncoded
    FROM selected
),
of_any_year AS (
    SELECT
        count(*) FILTER (in_area) AS of_any_year,
        count(*) FILTER (in_area AND start_year IS NULL) AS undated,
        count(*) AS all_of_any_year,
        count(*) FILTER (start_year IS NULL) AS all_undated
    FROM whenever
),
places AS (
    SELECT count(DISTINCT value) FILTER (in_area) AS cities, count(DISTINCT value) AS all_cities
    FROM (SELECT DISTINCT city_set, in_area FROM selected) JOIN facet_set ON facet = 'city' AND "set" = city_set
    SEMI JOIN (SELECT city_id FROM city WHERE {cities}) AS selected_city ON city_id = value
),
lands AS (
    SELECT count(DISTINCT value) FILTER (in_area) AS countries, count(DISTINCT value) AS all_countries
    FROM (SELECT DISTINCT country_set, in_area FROM selected) JOIN facet_set ON facet = 'country' AND "set" = country_set
    WHERE {countries}
)
SELECT * FROM counted CROSS JOIN whole CROSS JOIN of_any_year CROSS JOIN places CROSS JOIN lands;
