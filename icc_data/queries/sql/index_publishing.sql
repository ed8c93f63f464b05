-- Each Index score of a city of the selection beside the number of its practices in the same policy area; overall: of all its practices.
WITH selected AS MATERIALIZED (
    SELECT city_set, policy_area_set, count(*) AS practices FROM practice WHERE {practices} GROUP BY ALL
),
selected_city AS (SELECT city, city_id, name FROM city WHERE {cities}),
own AS (
    SELECT city, policy_area_set, practices
    FROM selected JOIN facet_set ON facet = 'city' AND "set" = city_set JOIN city ON city_id = value
),
work AS (
    SELECT city, value AS policy_area, sum(practices)::BIGINT AS practices
    FROM own JOIN facet_set ON facet = 'policy_area' AND "set" = policy_area_set GROUP BY ALL
    UNION ALL SELECT city, 'overall', sum(practices)::BIGINT FROM own GROUP BY ALL
)
SELECT year, policy_area, city_id, selected_city.name, score, coalesce(practices, 0) AS practices
FROM index_score JOIN selected_city USING (city) LEFT JOIN work USING (city, policy_area)
WHERE score IS NOT NULL AND year IS NOT NULL
ORDER BY year DESC, policy_area, city_id;
