-- Practices of each other city in each policy area that a city does not carry itself.
WITH other AS (
    SELECT city_set, policy_area_set, count(*) AS practices FROM practice
    WHERE city_set NOT IN (SELECT "set" FROM facet_set WHERE facet = 'city' AND value = $city) GROUP BY ALL
)
SELECT place.value AS unit, area.value AS code, sum(practices)::BIGINT AS practices
FROM other
JOIN facet_set AS place ON place.facet = 'city' AND place."set" = city_set
JOIN facet_set AS area ON area.facet = 'policy_area' AND area."set" = policy_area_set
GROUP BY ALL
ORDER BY unit, code;
