-- Percentages of one year and one definition only: residents born abroad. Most cities do not print it.
FROM city
JOIN country USING (country)
LEFT JOIN practice_city USING (city)
SELECT city.name AS city, country.name AS country, foreign_born_pct, diversity_year, count(practice) AS practices
WHERE foreign_born_pct IS NOT NULL
GROUP BY ALL
ORDER BY foreign_born_pct DESC
