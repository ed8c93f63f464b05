-- The terms of one list with the practices, cities and countries of the selection that have them, of all its practices.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
coded AS (SELECT DISTINCT practice, code FROM practice_term SEMI JOIN selected USING (practice) WHERE vocabulary = $vocabulary),
counted AS (
    SELECT code, count(DISTINCT practice) AS practices, count(DISTINCT city) AS cities, count(DISTINCT country) AS countries
    FROM coded LEFT JOIN practice_city USING (practice) LEFT JOIN practice_country USING (practice) GROUP BY ALL
),
total AS (
    SELECT (SELECT count(*) FROM selected) AS "of", (SELECT count(DISTINCT practice) FROM coded) AS coded_practices
)
SELECT
    code, "group", position,
    coalesce(practices, 0) AS practices, "of", coalesce(practices, 0) / nullif("of", 0) AS share,
    coalesce(cities, 0) AS cities, coalesce(countries, 0) AS countries, coded_practices
FROM term LEFT JOIN counted USING (code) CROSS JOIN total
WHERE vocabulary = $vocabulary
ORDER BY practices DESC, position;
