-- Practices of each city, country or network in each policy area, within the selection; only where there are any.
WITH selected AS (
    SELECT
{shared units},
        policy_area_set AS areas, count(*) AS practices
    FROM practice WHERE {practices} GROUP BY ALL
)
SELECT place.value AS unit, area.value AS code, sum(practices)::BIGINT AS practices
FROM selected
JOIN facet_set AS place ON place.facet = $unit AND place."set" = units
JOIN facet_set AS area ON area.facet = 'policy_area' AND area."set" = areas
GROUP BY ALL
ORDER BY unit, code;
