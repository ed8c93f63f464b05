-- How much and how broadly each city, country or network works, within the selection; those without a practice too.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
unit AS (SELECT DISTINCT value AS unit FROM city_facet WHERE facet = $unit),
own AS (SELECT value AS unit, practice FROM practice_facet SEMI JOIN selected USING (practice) WHERE facet = $unit),
counted AS (
    SELECT unit, count(*) AS practices, count(start_year) AS dated, max(start_year) AS newest,
        count(*) FILTER (last_active_year >= $as_of) AS active,
        count(*) FILTER (practice IN (SELECT practice FROM practice_city GROUP BY practice HAVING count(*) > 1)) AS shared
    FROM own JOIN selected USING (practice) GROUP BY unit
),
breadth AS (
    SELECT unit,
        count(DISTINCT code) FILTER (vocabulary = 'policy_area') AS areas,
        count(DISTINCT code) FILTER (vocabulary = 'theme') AS themes,
        count(DISTINCT code) FILTER (vocabulary = 'target_group') AS target_groups
    FROM own JOIN practice_term USING (practice) GROUP BY unit
)
SELECT unit, coalesce(practices, 0) AS practices, coalesce(dated, 0) AS dated, coalesce(areas, 0) AS areas,
    coalesce(themes, 0) AS themes, coalesce(target_groups, 0) AS target_groups, newest,
    coalesce(active, 0) AS active, coalesce(shared, 0) AS shared
FROM unit LEFT JOIN counted USING (unit) LEFT JOIN breadth USING (unit)
ORDER BY unit;
