-- The cities of the selection by status and by network, with those that joined in a span of years and in the one before.
-- A city of several networks counts in each; who has left stands among the former members alone.
WITH selected AS MATERIALIZED (SELECT * FROM practice WHERE {practices}),
selected_city AS MATERIALIZED (SELECT * FROM city WHERE {cities}),
current_city AS (SELECT city FROM selected_city WHERE {shared current}),
grouped AS (
    SELECT city, 'membership_status' AS kind, coalesce(status, 'unknown') AS code FROM selected_city
    UNION ALL SELECT city, 'network', code FROM city_network SEMI JOIN current_city USING (city)
    UNION ALL SELECT city, 'network', 'unknown' FROM current_city ANTI JOIN city_network USING (city)
),
working AS (SELECT DISTINCT city FROM practice_city SEMI JOIN selected USING (practice))
SELECT
    kind, code, count(*) AS cities,
    count(*) FILTER (city IN (SELECT city FROM working)) AS with_practices,
    count(*) FILTER (joined_year BETWEEN $first AND $last) AS joined,
    count(*) FILTER (joined_year BETWEEN $before_first AND $before_last) AS joined_before,
    count(joined_year) AS joined_known
FROM grouped JOIN selected_city USING (city)
GROUP BY kind, code
ORDER BY kind, code = 'unknown', cities DESC, code;
