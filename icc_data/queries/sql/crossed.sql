-- Policy areas against the values of another facet (countries, networks, themes …): practices that have both, of all
-- practices of the value; a row for each area and value that any practice has, those that never meet too.
WITH selected AS MATERIALIZED (
    SELECT city_set, policy_area_set AS areas, {others} AS others, count(*) AS practices FROM practice WHERE {practices} GROUP BY ALL
),
area AS (SELECT "set" AS areas, value AS policy_area FROM facet_set WHERE facet = 'policy_area'),
other AS (SELECT "set" AS others, value FROM facet_set WHERE facet = $facet AND {values}),
area_total AS (SELECT policy_area, sum(practices)::BIGINT AS area_practices FROM selected JOIN area USING (areas) GROUP BY ALL),
other_total AS (SELECT value, sum(practices)::BIGINT AS "of" FROM selected JOIN other USING (others) GROUP BY ALL),
crossing AS (
    SELECT DISTINCT areas, others FROM selected JOIN area USING (areas) JOIN other USING (others)
    WHERE policy_area <> value OR $facet <> 'policy_area'
),
coded_twice AS (SELECT coalesce(sum(practices), 0)::BIGINT AS crossed_practices FROM selected SEMI JOIN crossing USING (areas, others)),
met AS (
    SELECT policy_area, value, sum(practices)::BIGINT AS practices
    FROM selected JOIN area USING (areas) JOIN other USING (others) GROUP BY ALL
)
SELECT
    policy_area, value, coalesce(practices, 0) AS practices, "of", coalesce(practices, 0) / "of" AS share,
    area_practices, (SELECT coalesce(sum(practices), 0)::BIGINT FROM selected) AS all_practices, crossed_practices
FROM area_total CROSS JOIN other_total CROSS JOIN coded_twice LEFT JOIN met USING (policy_area, value)
WHERE ($area IS NULL OR policy_area = $area) AND (policy_area <> value OR $facet <> 'policy_area')
ORDER BY "of" DESC, value, policy_area;
