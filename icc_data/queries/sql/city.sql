-- Everything known of one city.
WITH latest AS (
    SELECT city, arg_max(score, coalesce(year, 0)) AS index_score, nullif(max(coalesce(year, 0)), 0) AS index_year
    FROM index_score WHERE policy_area = 'overall' AND score IS NOT NULL GROUP BY ALL
),
reports AS (SELECT city, max(year) AS report_year, count(*) AS reports FROM index_report GROUP BY ALL),
nets AS (SELECT city, list(code ORDER BY code) AS networks FROM city_network GROUP BY ALL),
corrected AS (
    SELECT city, list({field: field, published: published, value: value, source: source, amended_on: amended_on} ORDER BY field) AS amendments
    FROM amendment WHERE city IS NOT NULL GROUP BY city
)
SELECT
    city.* EXCLUDE (country), country.name AS country, country.code AS country_code, country.slug AS country_slug,
    networks, index_score, index_year, report_year, coalesce(reports, 0) AS reports,
    amendments
FROM city
JOIN country USING (country)
LEFT JOIN latest USING (city)
LEFT JOIN reports USING (city)
LEFT JOIN nets USING (city)
LEFT JOIN corrected USING (city)
WHERE city_id = $city_id;
