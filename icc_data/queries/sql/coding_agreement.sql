-- How often both readers, one of them or neither gave each policy area, over the practices that both have coded. The same two
-- answers, which come again and again, are looked at once.
WITH pair AS (
    SELECT one.policy_areas AS first_areas, other.policy_areas AS second_areas, count(*) AS practices
    FROM coding AS one JOIN coding AS other USING (practice) WHERE one.reader = 1 AND other.reader = 2
    GROUP BY ALL
),
given AS (
    SELECT
        code, position, practices,
        list_contains(first_areas, code) AS by_first, list_contains(second_areas, code) AS by_second
    FROM pair CROSS JOIN term WHERE vocabulary = 'policy_area'
)
SELECT
    code AS policy_area,
    coalesce(sum(practices) FILTER (by_first AND by_second), 0)::BIGINT AS both,
    coalesce(sum(practices) FILTER (by_first AND NOT by_second), 0)::BIGINT AS first_only,
    coalesce(sum(practices) FILTER (by_second AND NOT by_first), 0)::BIGINT AS second_only,
    coalesce(sum(practices) FILTER (NOT by_first AND NOT by_second), 0)::BIGINT AS neither
FROM given GROUP BY code, position ORDER BY position;
