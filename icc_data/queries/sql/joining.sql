-- Cities of the selection by the year in which they joined the network, and cumulated; unknown years come last.
WITH selected AS (SELECT city_set FROM practice WHERE {practices}),
selected_city AS (SELECT joined_year, name FROM city WHERE {cities}),
counted AS (
    SELECT joined_year AS year, count(*) AS cities, string_agg(name, ', ' ORDER BY name COLLATE {language}) AS names
    FROM selected_city GROUP BY ALL
)
SELECT year, cities, sum(cities) OVER (ORDER BY year)::INTEGER AS cumulated, names FROM counted ORDER BY year NULLS LAST;
