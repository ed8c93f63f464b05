-- One policy area in numbers, each beside the same number of all practices of the selection. Those that the year filter
-- leaves out are looked at as well, as what is undated is left out by the filter itself.
-- Places of either kind are one list, each with whether the area has it: every count(DISTINCT) would take a hash table of its own.
WITH whenever AS MATERIALIZED (
    SELECT {in_span} AS chosen, start_year, form = 'year' AS has_year_alone, when_text IS NOT NULL AS has_text, city_set, country_set,
        policy_area_set = 0 AS is_uncoded,
        policy_area_set IN (SELECT "set" FROM facet_set WHERE facet = 'policy_area' AND value = $area) AS in_area
    FROM practice WHERE {whenever}
),
selected AS NOT MATERIALIZED (SELECT * FROM whenever WHERE chosen),
counted AS (
    SELECT
        count(*) FILTER (in_area) AS practices,
        count(start_year) FILTER (in_area) AS dated,
        count(*) FILTER (in_area AND start_year > $as_of - 3) AS recent,
        count(*) FILTER (in_area AND has_year_alone) AS bare,
        count(*) FILTER (in_area AND NOT has_text AND start_year IS NULL) AS without_year_text,
        count(*) FILTER (in_area AND has_text AND start_year IS NULL) AS unread_start,
        count(*) FILTER (in_area AND city_set = 0) AS without_city,
        count(*) FILTER (in_area AND country_set = 0) AS without_country,
        min(start_year) FILTER (in_area) AS first_start,
        max(start_year) FILTER (in_area) AS last_start,
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
    SELECT
        count(*) FILTER (facet = 'city' AND in_area) AS cities, count(*) FILTER (facet = 'city') AS all_cities,
        count(*) FILTER (facet = 'country' AND in_area) AS countries, count(*) FILTER (facet = 'country') AS all_countries
    FROM (
        SELECT facet, value, bool_or(in_area) AS in_area
        FROM (
            SELECT unnest(['city', 'country']) AS facet, unnest([city_set, country_set]) AS "set", in_area
            FROM (SELECT DISTINCT city_set, country_set, in_area FROM selected)
        )
        JOIN facet_set USING (facet, "set")
        WHERE (facet = 'city' AND value IN (SELECT city_id FROM city WHERE {cities})) OR (facet = 'country' AND {countries})
        GROUP BY facet, value
    )
)
SELECT * FROM counted CROSS JOIN of_any_year CROSS JOIN places;
