-- Every city of the selection with its measures; practices and policy areas count within the selection.
WITH selected AS MATERIALIZED (
    SELECT city_set, policy_area_set, count(*) AS practices,
        max(if(coalesce(known_until, end_year) > $as_of::SMALLINT, $as_of::SMALLINT, coalesce(known_until, end_year))) AS newest_known
    FROM practice WHERE {practices} GROUP BY ALL
),
carried AS (SELECT "set" AS city_set, city FROM facet_set JOIN city ON city_id = value WHERE facet = 'city'),
selected_city AS (SELECT * FROM city WHERE {cities}),
work AS (
    SELECT city, sum(practices)::BIGINT AS practices, max(newest_known) AS newest_known
    FROM selected JOIN carried USING (city_set) GROUP BY city
),
breadth AS (
    SELECT city, count(DISTINCT value) AS policy_areas
    FROM selected JOIN carried USING (city_set) JOIN facet_set ON facet = 'policy_area' AND "set" = policy_area_set
    GROUP BY ALL
),
latest AS (
    SELECT city, arg_max(score, coalesce(year, 0)) AS index_score, arg_max(coalesce(year, -1), coalesce(year, 0)) AS index_year
    FROM index_score WHERE policy_area = 'overall' AND score IS NOT NULL GROUP BY ALL
)
SELECT
    city_id, selected_city.name, local_name, country.name AS country, country.code AS country_code,
    latitude, longitude, status, joined_year, population, population_year, settlement_population,
    foreign_born_pct, diversity_year, index_score, nullif(index_year, -1) AS index_year,
    coalesce(practices, 0) AS practices, coalesce(policy_areas, 0) AS policy_areas,
    newest_known, $as_of::SMALLINT - newest_known AS silent_for, if(newest_known < $as_of::SMALLINT, newest_known + 1, NULL) AS silent_since
FROM selected_city
JOIN country USING (country)
LEFT JOIN work USING (city)
LEFT JOIN breadth USING (city)
LEFT JOIN latest USING (city)
ORDER BY practices DESC, selected_city.name COLLATE {language};
