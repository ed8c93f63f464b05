-- Practices of each city, country or network of the selection in each policy area, those without any too; beside them
-- those of the place that nobody has coded yet, which may be of any area.
WITH selected AS MATERIALIZED (
    SELECT
{shared units},
        city_set, policy_area_set, count(*) AS practices
    FROM practice WHERE {practices} GROUP BY ALL
),
selected_city AS MATERIALIZED (SELECT * FROM city WHERE {cities} AND {shared current}),
place AS (SELECT DISTINCT value AS unit FROM city_facet SEMI JOIN selected_city USING (city) WHERE facet = $unit),
area AS (SELECT code AS policy_area, position FROM term WHERE vocabulary = 'policy_area'),
met AS (
    SELECT place.value AS unit, area.value AS policy_area, sum(practices)::BIGINT AS practices
    FROM selected
    JOIN facet_set AS place ON place.facet = $unit AND place."set" = units
    JOIN facet_set AS area ON area.facet = 'policy_area' AND area."set" = policy_area_set
    GROUP BY ALL
),
waiting AS (
    SELECT place.value AS unit, sum(practices)::BIGINT AS uncoded
    FROM selected JOIN facet_set AS place ON place.facet = $unit AND place."set" = units
    WHERE policy_area_set = 0 GROUP BY ALL
)
SELECT unit, policy_area, coalesce(practices, 0) AS practices, coalesce(uncoded, 0) AS uncoded
FROM place CROSS JOIN area LEFT JOIN met USING (unit, policy_area) LEFT JOIN waiting USING (unit)
ORDER BY unit, position;
