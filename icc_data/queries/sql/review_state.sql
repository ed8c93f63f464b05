-- The selection in a span of years, beside the span before it. A practice is known in a year from its start to its end,
-- or in its start year alone; one without a start is in no span.
WITH selected AS MATERIALIZED (
    SELECT start_year, form = 'year' AS has_year_alone, city_set, policy_area_set,
        start_year BETWEEN $first AND $last AS starts,
        start_year BETWEEN $before_first AND $before_last AS started_then,
        start_year <= $last AND known_until >= $first AS runs,
        start_year <= $before_last AND known_until >= $before_first AS ran_then
    FROM practice WHERE {practices}
),
scope_city AS MATERIALIZED (SELECT * FROM city WHERE {cities}),
-- Who has left counts no more.
selected_city AS MATERIALIZED (SELECT * FROM scope_city WHERE {shared current}),
practices AS (
    SELECT
        count(*) AS practices,
        count(start_year) AS dated,
        count(*) FILTER (starts) AS started,
        count(*) FILTER (starts AND has_year_alone) AS started_bare,
        count(*) FILTER (started_then) AS started_before,
        count(*) FILTER (started_then AND has_year_alone) AS started_bare_before,
        count(*) FILTER (runs) AS active,
        count(*) FILTER (ran_then) AS active_before,
        count(*) FILTER (city_set = 0) AS without_city,
        count(*) FILTER (policy_area_set = 0) AS uncoded
    FROM selected
),
cities AS (
    SELECT
        count(*) AS cities,
        count(DISTINCT country) AS countries,
        count(joined_year) AS joined_known,
        count(*) FILTER (joined_year BETWEEN $first AND $last) AS joined,
        count(*) FILTER (joined_year BETWEEN $before_first AND $before_last) AS joined_before,
        count(*) FILTER (status = 'member') AS members,
        (SELECT count(*) FROM scope_city) - count(*) AS former
    FROM selected_city
),
active AS (
    SELECT
        count(DISTINCT value) AS with_practices,
        count(DISTINCT value) FILTER (runs) AS cities_active,
        count(DISTINCT value) FILTER (ran_then) AS cities_active_before
    FROM (SELECT DISTINCT city_set, runs, ran_then FROM selected) JOIN facet_set ON facet = 'city' AND "set" = city_set
    SEMI JOIN selected_city ON city_id = value
),
reports AS (
    SELECT
        count(*) AS reports,
        count(*) FILTER (year IS NULL) AS reports_undated,
        count(*) FILTER (year BETWEEN $first AND $last) AS reports_now,
        count(*) FILTER (year BETWEEN $before_first AND $before_last) AS reports_before
    FROM index_report SEMI JOIN scope_city USING (city)
)
SELECT * FROM practices CROSS JOIN cities CROSS JOIN active CROSS JOIN reports;
