-- The four commitments through the policy areas that serve them; a practice counts once in each commitment.
WITH selected AS MATERIALIZED (
    SELECT policy_area_set AS areas, count(*) AS practices FROM practice WHERE {practices} GROUP BY ALL
),
served AS (
    SELECT DISTINCT areas, "group" AS code, practices
    FROM selected JOIN facet_set ON facet = 'policy_area' AND "set" = areas JOIN term ON vocabulary = facet AND term.code = value
),
counted AS (SELECT code, sum(practices)::BIGINT AS practices FROM served GROUP BY code),
total AS (SELECT coalesce(sum(practices), 0)::BIGINT AS "of" FROM selected)
SELECT code, position, coalesce(practices, 0) AS practices, "of", coalesce(practices, 0) / nullif("of", 0) AS share
FROM term LEFT JOIN counted USING (code) CROSS JOIN total
WHERE vocabulary = 'commitment'
ORDER BY position;
