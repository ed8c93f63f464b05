-- The four commitments through the policy areas that serve them; a practice counts once in each commitment.
WITH selected AS MATERIALIZED (
    SELECT policy_area_set AS areas, city_set, count(*) AS practices FROM practice WHERE {practices} GROUP BY ALL
),
served AS (
    SELECT DISTINCT "set" AS areas, "group" AS code
    FROM facet_set JOIN term ON vocabulary = facet AND term.code = value WHERE facet = 'policy_area'
),
counted AS (SELECT code, sum(practices)::BIGINT AS practices FROM selected JOIN served USING (areas) GROUP BY code),
placed AS (
    SELECT code, count(DISTINCT value) AS cities
    FROM (SELECT DISTINCT areas, city_set FROM selected) JOIN served USING (areas)
    JOIN facet_set ON facet = 'city' AND "set" = city_set
    GROUP BY code
),
total AS (SELECT coalesce(sum(practices), 0)::BIGINT AS "of" FROM selected)
SELECT code, position, coalesce(practices, 0) AS practices, "of", coalesce(practices, 0) / nullif("of", 0) AS share,
    coalesce(cities, 0) AS cities
FROM term LEFT JOIN counted USING (code) LEFT JOIN placed USING (code) CROSS JOIN total
WHERE vocabulary = 'commitment'
ORDER BY position;
