-- Pairs of cities that carry a practice of the selection together.
WITH selected AS (SELECT practice, title, city_set FROM practice WHERE {practices}),
selected_city AS (SELECT city, city_id, name, latitude, longitude FROM city WHERE {cities}),
carried AS (
    SELECT practice, title, city, city_id, name, latitude, longitude
    FROM selected JOIN practice_city USING (practice) JOIN selected_city USING (city)
)
SELECT
    a.city_id AS from_id, a.name AS from_name, a.latitude AS from_latitude, a.longitude AS from_longitude,
    b.city_id AS to_id, b.name AS to_name, b.latitude AS to_latitude, b.longitude AS to_longitude,
    count(*) AS practices, string_agg(a.title, '; ' ORDER BY a.title) AS titles
FROM carried AS a JOIN carried AS b USING (practice)
WHERE a.city < b.city
GROUP BY ALL ORDER BY practices DESC, from_name, to_name;
