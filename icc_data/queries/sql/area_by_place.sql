-- Policy areas by country or network: practices of the selection, their share of the column's practices, and the
-- lift: that share over the area's share of all practices of the network.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
area AS (SELECT practice, code AS policy_area FROM practice_term WHERE vocabulary = 'policy_area'),
place AS (SELECT practice, value AS place FROM practice_facet SEMI JOIN selected USING (practice) WHERE facet = $facet),
place_total AS (SELECT place, count(*) AS place_practices FROM place GROUP BY ALL),
base AS (
    SELECT policy_area, count(*) / (SELECT count(*) FROM practice) AS base_share FROM area GROUP BY ALL
),
cells AS (SELECT policy_area, place, count(*) AS practices FROM place JOIN area USING (practice) GROUP BY ALL)
SELECT
    policy_area, place, coalesce(practices, 0) AS practices, place_practices,
    coalesce(practices, 0) / place_practices AS share, base_share,
    coalesce(practices, 0) / place_practices / base_share AS lift
FROM place_total CROSS JOIN base LEFT JOIN cells USING (policy_area, place)
ORDER BY place_practices DESC, place, policy_area;
