-- The terms of a list by the practices of two selections that carry them, of all practices of each selection as
-- it stands; both_ is what both selections hold. A practice with two terms counts once in each.
WITH {shared sides},
selected AS MATERIALIZED (SELECT in_one, in_other, {terms} AS terms, count(*) AS practices FROM sides JOIN practice USING (practice) GROUP BY ALL),
listed AS (SELECT code, position FROM term WHERE vocabulary = $vocabulary),
counted AS (
    SELECT value AS code,
        sum(practices) FILTER (in_one) AS practices, sum(practices) FILTER (in_other) AS other_practices, sum(practices) FILTER (in_one AND in_other) AS both_practices
    FROM selected JOIN facet_set ON facet = $vocabulary AND "set" = terms GROUP BY ALL
),
total AS (
    SELECT
        coalesce(sum(practices) FILTER (in_one), 0) AS "of", coalesce(sum(practices) FILTER (in_other), 0) AS other_of, coalesce(sum(practices) FILTER (in_one AND in_other), 0) AS both_of,
        coalesce(sum(practices) FILTER (in_one AND terms <> 0), 0) AS coded, coalesce(sum(practices) FILTER (in_other AND terms <> 0), 0) AS other_coded
    FROM selected
)
SELECT
    code, position,
    coalesce(practices, 0)::BIGINT AS practices, "of"::BIGINT AS "of", coalesce(practices, 0) / nullif("of", 0) AS share,
    coalesce(other_practices, 0)::BIGINT AS other_practices, other_of::BIGINT AS other_of, coalesce(other_practices, 0) / nullif(other_of, 0) AS other_share,
    coalesce(both_practices, 0)::BIGINT AS both_practices, both_of::BIGINT AS both_of, coded::BIGINT AS coded, other_coded::BIGINT AS other_coded
FROM listed LEFT JOIN counted USING (code) CROSS JOIN total
ORDER BY position;
