-- The cities that rates count: members that had joined by a year ($per = 'cities'), or those with a population.
meant AS (
    SELECT
        city_id, population, population_year,
        CASE $per WHEN 'cities' THEN joined_year ELSE 0::SMALLINT END AS since_year,
        CASE $per WHEN 'cities' THEN joined_year IS NOT NULL ELSE population IS NOT NULL END AS counts
    FROM city
    WHERE {places} AND ($per <> 'cities' OR status IN ('member', 'national_network_only'))
),
place AS MATERIALIZED (SELECT * FROM meant WHERE counts),
-- Cities of the same practices: the first year in which one of them counts.
placed AS (
    SELECT "set" AS city_set, min(since_year) AS since_year
    FROM facet_set JOIN place ON city_id = value WHERE facet = 'city' GROUP BY ALL
)
