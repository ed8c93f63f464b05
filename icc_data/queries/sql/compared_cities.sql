-- The cities of either of two selections, by name: where each lies, whether it is of the one and of the other (as in
-- city_practices), and its practices in either and in both, of all that each selection holds.
WITH {shared sides},
selected AS MATERIALIZED (
    SELECT city_set, count(*) FILTER (in_one) AS practices, count(*) FILTER (in_other) AS other_practices, count(*) FILTER (in_one AND in_other) AS both_practices
    FROM sides JOIN practice USING (practice) GROUP BY ALL
),
work AS (
    SELECT value AS city_id, sum(practices)::BIGINT AS practices, sum(other_practices)::BIGINT AS other_practices, sum(both_practices)::BIGINT AS both_practices
    FROM selected JOIN facet_set ON facet = 'city' AND "set" = city_set GROUP BY ALL
),
total AS (
    SELECT coalesce(sum(practices), 0)::BIGINT AS "of", coalesce(sum(other_practices), 0)::BIGINT AS other_of, coalesce(sum(both_practices), 0)::BIGINT AS both_of
    FROM selected
),
counted AS (
    SELECT city, city_id, city.name, country.name AS country, latitude, longitude,
        coalesce(practices, 0) AS practices, coalesce(other_practices, 0) AS other_practices, coalesce(both_practices, 0) AS both_practices
    FROM city JOIN country USING (country) LEFT JOIN work USING (city_id)
),
placed AS (SELECT *, coalesce({in_one}, false) AS in_one, coalesce({in_other}, false) AS in_other FROM counted)
SELECT
    city_id, name, country, latitude, longitude, in_one, in_other,
    practices, "of", practices / nullif("of", 0) AS share,
    other_practices, other_of, other_practices / nullif(other_of, 0) AS other_share,
    both_practices, both_of
FROM placed CROSS JOIN total
WHERE in_one OR in_other
ORDER BY name COLLATE {language};
