-- How much and how broadly each city, country or network works, within the selection; those without a practice too.
WITH selected AS MATERIALIZED (
    SELECT
{shared units},
        start_year, last_active_year >= $as_of AS active, city_set, policy_area_set, theme_set, target_group_set, count(*) AS practices
    FROM practice WHERE {practices} GROUP BY ALL
),
unit AS (SELECT DISTINCT value AS unit FROM city_facet WHERE facet = $unit),
place AS (SELECT "set" AS units, value AS unit FROM facet_set WHERE facet = $unit),
several AS (SELECT "set" FROM facet_set WHERE facet = 'city' GROUP BY "set" HAVING count(*) > 1),
own AS (
    SELECT units, start_year, sum(practices) AS practices, sum(practices) FILTER (active) AS active,
        sum(practices) FILTER (policy_area_set = 0) AS uncoded,
        sum(practices) FILTER (city_set IN (FROM several)) AS shared
    FROM selected GROUP BY ALL
),
counted AS (
    SELECT unit, sum(practices)::BIGINT AS practices, sum(practices) FILTER (start_year IS NOT NULL)::BIGINT AS dated,
        max(start_year) AS newest, sum(active)::BIGINT AS active, sum(shared)::BIGINT AS shared,
        sum(uncoded)::BIGINT AS uncoded
    FROM own JOIN place USING (units) GROUP BY unit
),
breadth AS (
    SELECT unit,
        count(DISTINCT value) FILTER (facet = 'policy_area') AS areas,
        count(DISTINCT value) FILTER (facet = 'theme') AS themes,
        count(DISTINCT value) FILTER (facet = 'target_group') AS target_groups
    FROM (
        SELECT DISTINCT units, 'policy_area' AS facet, policy_area_set AS "set" FROM selected
        UNION ALL SELECT DISTINCT units, 'theme', theme_set FROM selected
        UNION ALL SELECT DISTINCT units, 'target_group', target_group_set FROM selected
    ) JOIN facet_set USING (facet, "set") JOIN place USING (units) GROUP BY unit
)
SELECT unit, coalesce(practices, 0) AS practices, coalesce(dated, 0) AS dated, coalesce(areas, 0) AS areas,
    coalesce(themes, 0) AS themes, coalesce(target_groups, 0) AS target_groups, newest,
    coalesce(active, 0) AS active, coalesce(shared, 0) AS shared, coalesce(uncoded, 0) AS uncoded
FROM unit LEFT JOIN counted USING (unit) LEFT JOIN breadth USING (unit)
ORDER BY unit;
