SELECT
    label_en AS network,
    count(DISTINCT city) AS cities,
    count(DISTINCT practice_city.city) AS cities_with_practices,
    round(cities_with_practices / cities, 2) AS coverage,
    count(DISTINCT practice) AS practices
FROM city_network
JOIN term ON term.vocabulary = 'network' AND term.code = city_network.code
JOIN city USING (city)
LEFT JOIN practice_city USING (city)
WHERE status IS DISTINCT FROM 'former' -- who has left counts no more
GROUP BY ALL
ORDER BY cities DESC
