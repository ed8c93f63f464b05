-- What makes cities alike or different, one row a city.
WITH nets AS (
    -- A city that only the international network lists is in no national one; of one that none lists it is not known.
    SELECT city, coalesce(list(code ORDER BY code) FILTER (code <> 'international'), []) AS networks
    FROM city_network GROUP BY city
),
latest AS (
    SELECT city, arg_max(score, coalesce(year, 0)) AS index_score, nullif(max(coalesce(year, 0)), 0) AS index_year
    FROM index_score WHERE policy_area = 'overall' AND score IS NOT NULL GROUP BY city
),
area AS (
    SELECT city, code, count(*) AS practices
    FROM practice_city JOIN practice_term USING (practice) WHERE vocabulary = 'policy_area' GROUP BY ALL
),
profile AS (
    SELECT city, list(code ORDER BY code) AS areas, list(practices ORDER BY code) AS area_practices FROM area GROUP BY city
),
work AS (SELECT city, count(*) AS practices FROM practice_city GROUP BY city)
SELECT
    city_id, city.name, country.name AS country, country.slug AS country_slug, country.code AS country_code, status,
    latitude, longitude,
    coalesce(population, settlement_population) AS population,
    population IS NULL AND settlement_population IS NOT NULL AS of_settlement, population_year,
    coalesce(foreign_born_pct, foreign_nationals_pct) AS foreign_pct,
    foreign_born_pct IS NULL AND foreign_nationals_pct IS NOT NULL AS of_nationals, diversity_year,
    networks, joined_year, index_score, index_year, areas, area_practices, coalesce(practices, 0) AS practices
FROM city JOIN country USING (country)
LEFT JOIN nets USING (city) LEFT JOIN latest USING (city) LEFT JOIN profile USING (city) LEFT JOIN work USING (city)
ORDER BY city_id;
