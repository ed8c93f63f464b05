-- Member cities by class of residents or by country, and the practices of the selection that those of each class carry.
-- Who is in the atlas only because a practice names it would have one by that alone, and is not counted.
WITH selected AS MATERIALIZED (SELECT city_set, count(*) AS practices FROM practice WHERE {practices} GROUP BY ALL),
classed AS MATERIALIZED (
    SELECT
        city_id,
        CASE
            WHEN $by = 'country' THEN slug
            WHEN coalesce(population, settlement_population) IS NULL THEN NULL
            ELSE len(list_filter($sizes, lambda bound: bound <= coalesce(population, settlement_population)))::VARCHAR
        END AS class
    FROM city JOIN country USING (country)
    WHERE {places} AND status IN ('member', 'national_network_only')
),
carried AS (
    SELECT DISTINCT "set" AS city_set, class FROM facet_set JOIN classed ON city_id = value WHERE facet = 'city'
),
work AS (SELECT class, sum(practices) AS practices FROM selected JOIN carried USING (city_set) GROUP BY class)
SELECT classed.class, coalesce(any_value(practices), 0)::BIGINT AS numerator, count(*) AS denominator
FROM classed LEFT JOIN work ON work.class IS NOT DISTINCT FROM classed.class
GROUP BY classed.class ORDER BY classed.class NULLS LAST;
