-- Only cities whose joining year is known and that have a dated practice; a negative number: before joining.
FROM city
JOIN practice_city USING (city)
JOIN practice USING (practice)
SELECT
    city.name AS city, joined_year, min(start_year) AS first_practice_year,
    min(start_year) - joined_year AS years_after_joining
WHERE joined_year IS NOT NULL AND start_year IS NOT NULL
GROUP BY city.name, joined_year
ORDER BY years_after_joining, city
