-- The selection at a glance: its practices, what is known of them, and the cities and policy areas that have them.
WITH
{shared known_counts},
-- Who has left counts no more.
cities AS (
    SELECT count(*) AS cities, count(DISTINCT country) AS countries, count(value) AS cities_with_practices
    FROM city LEFT JOIN (
        SELECT DISTINCT value FROM facet_set WHERE facet = 'city' AND "set" IN (SELECT DISTINCT city_set FROM selected)
    ) ON city_id = value
    WHERE {cities} AND {shared current}
),
covered AS (
    SELECT count(DISTINCT value) AS areas
    FROM (SELECT DISTINCT policy_area_set AS "set" FROM selected) JOIN facet_set USING ("set") WHERE facet = 'policy_area'
)
SELECT * FROM practices CROSS JOIN of_any_year CROSS JOIN cities CROSS JOIN covered;
