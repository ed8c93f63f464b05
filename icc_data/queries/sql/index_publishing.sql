-- Each Index score of a city of the selection beside the number of its practices in the same policy area; overall: of all its practices.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
selected_city AS (SELECT * FROM city WHERE {cities}),
own AS (SELECT * FROM practice_city SEMI JOIN selected USING (practice)),
work AS (
    SELECT city, code AS policy_area, count(DISTINCT practice) AS practices
    FROM own JOIN practice_term USING (practice) WHERE vocabulary = 'policy_area' GROUP BY ALL
    UNION ALL SELECT city, 'overall', count(*) FROM own GROUP BY ALL
)
SELECT year, policy_area, city_id, selected_city.name, score, coalesce(practices, 0) AS practices
FROM index_score JOIN selected_city USING (city) LEFT JOIN work USING (city, policy_area)
WHERE score IS NOT NULL AND year IS NOT NULL
ORDER BY year DESC, policy_area, city_id;
