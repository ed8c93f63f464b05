FROM practice_city AS own
JOIN practice_city AS partner USING (practice)
JOIN city ON city.city = own.city
JOIN country ON country.country = city.country
SELECT
    city.name AS city, country.name AS country,
    count(DISTINCT practice) AS shared_practices,
    count(DISTINCT partner.city) AS partner_cities
WHERE partner.city <> own.city
GROUP BY ALL
ORDER BY shared_practices DESC, partner_cities DESC, city
LIMIT 25
