-- Practices of each city, country or network of the selection in each policy area, those without any too.
WITH selected AS MATERIALIZED (SELECT * FROM practice WHERE {practices}),
selected_city AS MATERIALIZED (SELECT * FROM city WHERE {cities} AND {shared current}),
place AS (SELECT DISTINCT value AS unit FROM city_facet SEMI JOIN selected_city USING (city) WHERE facet = $unit),
area AS (SELECT code AS policy_area, position FROM term WHERE vocabulary = 'policy_area'),
met AS (
    SELECT place.value AS unit, area.value AS policy_area, count(*) AS practices
    FROM practice_facet AS place
    JOIN practice_facet AS area USING (practice)
    SEMI JOIN selected USING (practice)
    WHERE place.facet = $unit AND area.facet = 'policy_area'
    GROUP BY ALL
)
SELECT unit, policy_area, coalesce(practices, 0) AS practices
FROM place CROSS JOIN area LEFT JOIN met USING (unit, policy_area)
ORDER BY unit, position;
