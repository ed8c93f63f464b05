-- How often both readers, one of them or neither gave each policy area, over the practices that both have coded.
WITH pair AS (
    SELECT practice, one.policy_areas AS first_areas, other.policy_areas AS second_areas
    FROM coding AS one JOIN coding AS other USING (practice) WHERE one.reader = 1 AND other.reader = 2
),
given AS (
    SELECT code, position, list_contains(first_areas, code) AS by_first, list_contains(second_areas, code) AS by_second
    FROM pair CROSS JOIN term WHERE vocabulary = 'policy_area'
)
SELECT
    code AS policy_area,
    count(*) FILTER (by_first AND by_second) AS both,
    count(*) FILTER (by_first AND NOT by_second) AS first_only,
    count(*) FILTER (by_second AND NOT by_first) AS second_only,
    count(*) FILTER (NOT by_first AND NOT by_second) AS neither
FROM given GROUP BY code, position ORDER BY position;
