-- Practices of each city, country or network in each commitment, within the selection; a practice counts once in each.
WITH selected AS (
    SELECT
{shared units},
        policy_area_set AS areas, count(*) AS practices
    FROM practice WHERE {practices} GROUP BY ALL
),
served AS (
    SELECT DISTINCT "set" AS areas, "group" AS commitment
    FROM facet_set JOIN term ON vocabulary = facet AND code = value WHERE facet = 'policy_area'
)
SELECT place.value AS unit, commitment, sum(practices)::BIGINT AS practices
FROM selected JOIN served USING (areas) JOIN facet_set AS place ON place.facet = $unit AND place."set" = units
GROUP BY ALL
ORDER BY unit, commitment;
