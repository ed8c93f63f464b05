-- Every city of the selection that has not left, for a review: until when its practices are known to have run, what it
-- did last, and what is not known of it. A practice counts as known in a year from its start to its end, or in the one of both that is known.
WITH selected AS MATERIALIZED (
    SELECT practice, city_set, start_year, end_year, known_until, ongoing FROM practice WHERE {practices}
),
selected_city AS MATERIALIZED (SELECT * FROM city WHERE {cities} AND {shared current}),
-- Practices of the same cities and years are looked at once.
alike AS (
    SELECT city_set, start_year, end_year, known_until, ongoing, count(*) AS practices FROM selected GROUP BY ALL
),
work AS MATERIALIZED (
    SELECT city, city_set, practices, start_year, end_year, known_until,
{shared until_when}
    FROM alike JOIN facet_set ON facet = 'city' AND "set" = city_set JOIN selected_city ON city_id = value
),
counted AS (
    SELECT
        city, sum(practices)::BIGINT AS practices, sum(practices) FILTER (start_year IS NOT NULL)::BIGINT AS dated,
        sum(practices) FILTER (ongoing)::BIGINT AS said_to_go_on,
        max(known_year) AS newest_known,
        -- As it was some years before, by what is known of that time now; whatever is undated may have been there.
        sum(practices) FILTER (coalesce(start_year, end_year, $then) <= $then)::BIGINT AS practices_then,
        CAST(max(least(known_year, $then)) FILTER (coalesce(start_year, end_year) <= $then) AS SMALLINT) AS newest_known_then
    FROM work GROUP BY city
),
-- By years first, so that texts are read of those alone that stand last together.
newest AS (
    SELECT DISTINCT city, city_set, start_year, end_year, known_until FROM work
    QUALIFY rank() OVER (PARTITION BY city ORDER BY known_year DESC NULLS LAST, start_year DESC NULLS LAST) = 1
),
last AS (
    SELECT newest.city, practice
    FROM selected JOIN newest ON selected.city_set = newest.city_set
        AND selected.start_year IS NOT DISTINCT FROM newest.start_year
        AND selected.end_year IS NOT DISTINCT FROM newest.end_year
        AND selected.known_until IS NOT DISTINCT FROM newest.known_until
),
latest AS (
    SELECT city, min(title) AS last_title, arg_min(practice_id, (title, practice_id)) AS last_practice
    FROM last JOIN practice USING (practice) GROUP BY city
),
listed AS (SELECT city, list(code ORDER BY code) AS networks FROM city_network GROUP BY city)
SELECT
    city_id, selected_city.name, country.slug AS country, country.name AS country_name, networks,
    coalesce(status, 'unknown') AS status, joined_year,
    coalesce(practices, 0) AS practices, coalesce(dated, 0) AS dated, coalesce(said_to_go_on, 0) AS said_to_go_on,
    newest_known, coalesce(practices_then, 0) AS practices_then, newest_known_then, last_practice, last_title,
    list_filter([
        CASE WHEN coalesce(status, 'unknown') = 'unknown' THEN 'status' END,
        CASE WHEN joined_year IS NULL THEN 'joined_year' END,
        CASE WHEN profile_url IS NULL THEN 'profile' END,
        CASE WHEN coalesce(population, settlement_population) IS NULL THEN 'population' END,
        CASE WHEN coalesce(foreign_born_pct, foreign_nationals_pct, foreign_background_pct) IS NULL THEN 'diversity' END,
        CASE WHEN latitude IS NULL THEN 'coordinates' END
    ], lambda field: field IS NOT NULL) AS missing
FROM selected_city
JOIN country USING (country)
LEFT JOIN counted USING (city)
LEFT JOIN latest USING (city)
LEFT JOIN listed USING (city)
ORDER BY selected_city.name COLLATE {language}, city_id;
