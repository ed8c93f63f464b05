-- The countries, cities, networks, themes or target groups of the selection: practices of one policy area, all
-- practices, the share of the area, and the lift: that share over the area's share of the whole selection.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
area AS (SELECT practice FROM practice_term WHERE vocabulary = 'policy_area' AND code = $area),
base AS (
    SELECT count(*) FILTER (practice IN (SELECT practice FROM area)) / count(*) AS share FROM selected
),
counted AS (
    SELECT
        value AS code,
        count(*) FILTER (practice IN (SELECT practice FROM area)) AS practices,
        count(*) AS all_practices
    FROM practice_facet SEMI JOIN selected USING (practice)
    WHERE facet = $facet AND {values}
    GROUP BY value
)
SELECT
    code, practices, all_practices,
    practices / all_practices AS share,
    practices / all_practices / nullif(base.share, 0) AS lift
FROM counted CROSS JOIN base
ORDER BY practices DESC, all_practices DESC, code;
