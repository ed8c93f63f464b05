-- Policy areas against the values of other facets (countries, networks, themes …): practices that have both, of all
-- practices of the value; a row for each area and value that any practice has, those that never meet too. All facets are
-- counted in one pass.
WITH selected AS (SELECT city_set FROM practice WHERE {practices}),
counted AS MATERIALIZED (
    SELECT {facet} AS facet, policy_area_set AS areas, coalesce({sets}) AS others, count(*) AS practices
    FROM practice WHERE {practices} GROUP BY GROUPING SETS ({grouped})
),
area AS (SELECT "set" AS areas, value AS policy_area FROM facet_set WHERE facet = 'policy_area'),
other AS (SELECT facet, "set" AS others, value FROM facet_set WHERE {values}),
total AS (SELECT facet, sum(practices)::BIGINT AS all_practices FROM counted GROUP BY ALL),
area_total AS (SELECT facet, policy_area, sum(practices)::BIGINT AS area_practices FROM counted JOIN area USING (areas) GROUP BY ALL),
other_total AS (SELECT facet, value, sum(practices)::BIGINT AS "of" FROM counted JOIN other USING (facet, others) GROUP BY ALL),
crossing AS MATERIALIZED (
    SELECT facet, areas, others, policy_area, value, practices FROM counted JOIN area USING (areas) JOIN other USING (facet, others)
    WHERE policy_area <> value OR facet <> 'policy_area'
),
coded_twice AS (
    SELECT facet, sum(practices)::BIGINT AS crossed_practices
    FROM (SELECT DISTINCT facet, areas, others, practices FROM crossing) GROUP BY ALL
),
met AS (SELECT facet, policy_area, value, sum(practices)::BIGINT AS practices FROM crossing GROUP BY ALL)
SELECT
    {named}policy_area, value, coalesce(practices, 0) AS practices, "of", coalesce(practices, 0) / "of" AS share,
    area_practices, all_practices, coalesce(crossed_practices, 0) AS crossed_practices
FROM other_total JOIN area_total USING (facet) JOIN total USING (facet) LEFT JOIN coded_twice USING (facet)
LEFT JOIN met USING (facet, policy_area, value)
WHERE ($area IS NULL OR policy_area = $area) AND (policy_area <> value OR facet <> 'policy_area')
ORDER BY "of" DESC, value, policy_area;
