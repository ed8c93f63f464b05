-- Each city, country or network of the selection: its cities, its practices, and until when they are known to have run.
WITH selected AS MATERIALIZED (
    SELECT
{shared units},
        city_set, start_year IS NOT NULL AS dated, count(*) AS practices,
        max(if(coalesce(known_until, end_year) > $as_of::SMALLINT, $as_of::SMALLINT, coalesce(known_until, end_year))) AS newest_known
    FROM practice WHERE {practices} GROUP BY ALL
),
working AS (
    SELECT city FROM city WHERE city_id IN (
        SELECT value FROM facet_set WHERE facet = 'city' AND "set" IN (SELECT city_set FROM selected)
    )
),
selected_city AS MATERIALIZED (SELECT * FROM city WHERE {cities} AND {shared current}),
placed AS (SELECT city, value AS unit FROM city_facet SEMI JOIN selected_city USING (city) WHERE facet = $unit),
members AS (
    SELECT unit, count(*) AS cities,
        count(*) FILTER (city IN (FROM working)) AS with_practices
    FROM placed GROUP BY unit
),
counted AS (
    SELECT value AS unit, sum(practices)::BIGINT AS practices, sum(practices) FILTER (dated)::BIGINT AS dated,
        max(newest_known) AS newest_known
    FROM selected JOIN facet_set ON facet = $unit AND "set" = units GROUP BY value
)
SELECT unit, cities, with_practices, coalesce(practices, 0) AS practices, coalesce(dated, 0) AS dated, newest_known
FROM members LEFT JOIN counted USING (unit)
ORDER BY unit;
