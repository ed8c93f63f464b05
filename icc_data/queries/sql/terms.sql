-- The terms of one list with the practices, cities and countries of the selection that have them.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
coded AS (SELECT DISTINCT practice, code FROM practice_term SEMI JOIN selected USING (practice) WHERE vocabulary = $vocabulary),
counted AS (
    SELECT code, count(DISTINCT practice) AS practices, count(DISTINCT city) AS cities, count(DISTINCT country) AS countries
    FROM coded LEFT JOIN practice_city USING (practice) LEFT JOIN practice_country USING (practice) GROUP BY ALL
)
SELECT
    code, "group", position,
    coalesce(practices, 0) AS practices, coalesce(cities, 0) AS cities, coalesce(countries, 0) AS countries,
    (SELECT count(*) FROM selected) AS selected_practices,
    (SELECT count(DISTINCT practice) FROM coded) AS coded_practices
FROM term LEFT JOIN counted USING (code)
WHERE vocabulary = $vocabulary
ORDER BY practices DESC, position;
