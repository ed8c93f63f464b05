-- Policy areas against the values of another facet (countries, networks, themes …): practices that have both, of all
-- practices of the value; a row for each area and value that any practice has, those that never meet too.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
area AS (SELECT practice, value AS policy_area FROM practice_facet SEMI JOIN selected USING (practice) WHERE facet = 'policy_area'),
other AS (SELECT practice, value FROM practice_facet SEMI JOIN selected USING (practice) WHERE facet = $facet AND {values}),
area_total AS (SELECT policy_area, count(*) AS area_practices FROM area GROUP BY ALL),
other_total AS (SELECT value, count(*) AS "of" FROM other GROUP BY ALL),
both AS (
    SELECT count(DISTINCT practice) AS crossed_practices FROM area JOIN other USING (practice)
    WHERE policy_area <> value OR $facet <> 'policy_area'
),
met AS (SELECT policy_area, value, count(*) AS practices FROM area JOIN other USING (practice) GROUP BY ALL)
SELECT
    policy_area, value, coalesce(practices, 0) AS practices, "of", coalesce(practices, 0) / "of" AS share,
    area_practices, (SELECT count(*) FROM selected) AS all_practices, crossed_practices
FROM area_total CROSS JOIN other_total CROSS JOIN both LEFT JOIN met USING (policy_area, value)
WHERE ($area IS NULL OR policy_area = $area) AND (policy_area <> value OR $facet <> 'policy_area')
ORDER BY "of" DESC, value, policy_area;
