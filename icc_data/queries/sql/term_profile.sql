-- The terms of a list among one city's practices, beside all practices of the network.
WITH counted_sets AS MATERIALIZED (
    SELECT CASE $vocabulary WHEN 'policy_area' THEN policy_area_set ELSE theme_set END AS terms, city_set,
        city_set IN (SELECT "set" FROM facet_set WHERE facet = 'city' AND value = $city_id) AS own, count(*) AS practices
    FROM practice GROUP BY ALL
),
coded AS (SELECT "set" AS terms, value AS code FROM facet_set WHERE facet = $vocabulary),
counted AS (
    SELECT code, sum(practices)::BIGINT AS network_practices, sum(practices) FILTER (own)::BIGINT AS practices
    FROM counted_sets JOIN coded USING (terms) GROUP BY code
),
spread AS (
    SELECT code, count(DISTINCT value) AS cities
    FROM counted_sets JOIN coded USING (terms) JOIN facet_set ON facet = 'city' AND "set" = city_set GROUP BY code
),
whole AS (
    SELECT
        coalesce(sum(practices) FILTER (own), 0)::BIGINT AS own,
        coalesce(sum(practices) FILTER (own AND is_coded), 0)::BIGINT AS coded_practices,
        sum(practices)::BIGINT AS everything
    FROM (SELECT *, terms IN (SELECT terms FROM coded) AS is_coded FROM counted_sets)
)
SELECT
    term.code, "group", position, coalesce(practices, 0) AS practices, own AS city_practices, coded_practices,
    coalesce(practices, 0) / nullif(own, 0) AS share,
    coalesce(network_practices, 0) AS network_practices, coalesce(network_practices, 0) / everything AS network_share,
    everything AS all_practices,
    coalesce(cities, 0) AS cities,
    (coalesce(practices, 0) / nullif(own, 0)) / nullif(network_practices / everything, 0) AS lift
FROM term LEFT JOIN counted USING (code) LEFT JOIN spread USING (code) CROSS JOIN whole
WHERE vocabulary = $vocabulary
ORDER BY position;
