-- Cities that carry a practice together with one city.
WITH own AS (SELECT practice FROM practice_city JOIN city USING (city) WHERE city_id = $city_id)
SELECT other.city_id, other.name, country.name AS country, count(*) AS practices, list(title ORDER BY title) AS titles
FROM own JOIN practice_city USING (practice) JOIN city AS other USING (city) JOIN country USING (country)
JOIN practice USING (practice)
WHERE other.city_id <> $city_id
GROUP BY ALL
ORDER BY practices DESC, any_value(other.name) COLLATE {language};
