-- How much of what the two readers gave each practice is the same; two readers who gave nothing agree in full.
WITH pair AS (
    SELECT
        len(list_intersect(one.policy_areas, other.policy_areas)) AS shared,
        len(list_distinct(list_concat(one.policy_areas, other.policy_areas))) AS either
    FROM coding AS one JOIN coding AS other USING (practice) WHERE one.reader = 1 AND other.reader = 2
)
SELECT
    count(*) AS practices,
    count(*) FILTER (shared > 0) AS in_common,
    avg(CASE either WHEN 0 THEN 1 ELSE shared / either END) AS jaccard
FROM pair;
