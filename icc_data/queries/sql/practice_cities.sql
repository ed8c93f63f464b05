-- Each practice of the selection with each of its cities.
WITH selected AS (SELECT practice, practice_id FROM practice WHERE {practices})
SELECT practice_id, city_id
FROM selected JOIN practice_city USING (practice) JOIN city USING (city)
ORDER BY practice_id, city_id;
