-- Every city of the selection, where it lies, and how many practices of the selection it carries.
WITH selected AS (SELECT city_set, count(*) AS practices FROM practice WHERE {practices} GROUP BY ALL),
work AS (
    SELECT value AS city_id, sum(practices)::BIGINT AS practices
    FROM selected JOIN facet_set ON facet = 'city' AND "set" = city_set GROUP BY ALL
),
selected_city AS (SELECT city_id, name, country, latitude, longitude FROM city WHERE {cities})
SELECT
    city_id, selected_city.name, country.name AS country, latitude, longitude, coalesce(practices, 0) AS practices
FROM selected_city
JOIN country USING (country)
LEFT JOIN work USING (city_id)
ORDER BY practices DESC, selected_city.name COLLATE {language};
