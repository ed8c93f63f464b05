-- How much of what the two readers gave each practice is the same; two readers who gave nothing agree in full. The same two
-- answers, which come again and again, are compared once.
WITH given AS (
    SELECT one.policy_areas AS first_areas, other.policy_areas AS second_areas, count(*) AS practices
    FROM coding AS one JOIN coding AS other USING (practice) WHERE one.reader = 1 AND other.reader = 2
    GROUP BY ALL
),
pair AS (
    SELECT
        practices,
        len(list_intersect(first_areas, second_areas)) AS shared,
        len(list_distinct(list_concat(first_areas, second_areas))) AS either
    FROM given
)
SELECT
    coalesce(sum(practices), 0)::BIGINT AS practices,
    coalesce(sum(practices) FILTER (shared > 0), 0)::BIGINT AS in_common,
    sum(practices * CASE either WHEN 0 THEN 1 ELSE shared / either END) / sum(practices) AS jaccard
FROM pair;
