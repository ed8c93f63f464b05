-- Jaccard index: the policy areas that both have over those that either has (Jaccard 1901), among cities with
-- at least 5 practices that somebody has coded. 1 means the same areas.
WITH area AS (
    SELECT city, code, practice
    FROM practice_city JOIN practice_term USING (practice) WHERE vocabulary = 'policy_area'
),
busy AS (SELECT city FROM area GROUP BY city HAVING count(DISTINCT practice) >= 5),
wide AS (SELECT city, list(DISTINCT code) AS areas FROM area SEMI JOIN busy USING (city) GROUP BY city)
SELECT
    first.name AS city, second.name AS other_city,
    len(list_intersect(a.areas, b.areas)) AS areas_of_both,
    len(list_distinct(a.areas || b.areas)) AS areas_of_either,
    round(areas_of_both / areas_of_either, 2) AS jaccard
FROM wide AS a
JOIN wide AS b ON a.city < b.city
JOIN city AS first ON first.city = a.city
JOIN city AS second ON second.city = b.city
ORDER BY jaccard DESC, areas_of_both DESC, city, other_city
LIMIT 50
