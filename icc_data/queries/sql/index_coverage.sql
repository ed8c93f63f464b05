-- How much of the Index is known of the cities of the selection: results, scores, cities, editions and reports.
WITH selected AS (SELECT city_set FROM practice WHERE {practices}),
selected_city AS (SELECT city FROM city WHERE {cities}),
result AS (SELECT * FROM index_score SEMI JOIN selected_city USING (city)),
report AS (SELECT * FROM index_report SEMI JOIN selected_city USING (city)),
scored AS (
    SELECT city, year FROM result WHERE score IS NOT NULL AND policy_area <> 'overall' AND year IS NOT NULL
    GROUP BY ALL HAVING count(DISTINCT policy_area) = (SELECT count(*) FROM term WHERE vocabulary = 'policy_area')
)
SELECT
    (SELECT count(*) FROM result) AS results,
    (SELECT count(score) FROM result) AS scores,
    (SELECT count(DISTINCT city) FROM result) AS result_cities,
    (SELECT count(*) FROM result WHERE year IS NULL) AS without_edition,
    (SELECT count(*) FROM report) AS reports,
    (SELECT count(DISTINCT city) FROM report) AS report_cities,
    (SELECT count(*) FROM scored) AS complete,
    (SELECT min(year) FROM (SELECT year FROM result UNION ALL SELECT year FROM report)) AS first_edition,
    (SELECT max(year) FROM (SELECT year FROM result UNION ALL SELECT year FROM report)) AS last_edition,
    (SELECT count(*) FROM selected_city) AS cities;
