-- Of how many practices of the selection what is known: whatever the years, and of those the ones that its year filter lets
-- through, as what is undated is left out by the filter itself. The practices are read once, of their texts no more than
-- whether there are any.
whenever AS MATERIALIZED (
    SELECT {in_span} AS chosen, start_year, form = 'year' AS has_year_alone, when_conflict, ongoing, when_text IS NOT NULL AS has_text,
        has_page, confidence = 'low' AS is_doubtful, city_set, country_set, policy_area_set
    FROM practice WHERE {whenever}
),
selected AS NOT MATERIALIZED (SELECT * FROM whenever WHERE chosen),
practices AS (
    SELECT
        count(*) AS practices,
        count(start_year) AS dated,
        count(*) FILTER (start_year > $as_of - 3) AS recent,
        count(*) FILTER (has_year_alone) AS bare,
        count(*) FILTER (start_year > $as_of - 3 AND has_year_alone) AS recent_bare,
        count(*) FILTER (when_conflict) AS conflicts,
        count(*) FILTER (ongoing) AS ongoing,
        count(*) FILTER (NOT has_text AND start_year IS NULL) AS without_year_text,
        count(*) FILTER (has_text AND start_year IS NULL) AS unread_start,
        count(*) FILTER (city_set = 0) AS without_city,
        count(*) FILTER (country_set = 0) AS without_country,
        count(*) FILTER (NOT has_page) AS without_page,
        count(*) FILTER (is_doubtful) AS low_confidence,
        count(*) FILTER (policy_area_set = 0) AS uncoded,
        min(start_year) AS first_year,
        max(start_year) AS last_year
    FROM selected
),
of_any_year AS (
    SELECT
        count(*) AS of_any_year,
        count(*) FILTER (start_year IS NULL) AS undated,
        count(*) FILTER (start_year IS NULL AND NOT has_text) AS undated_without_text,
        count(*) FILTER (start_year IS NULL AND has_text) AS undated_unread
    FROM whenever
)
