-- Each city, country or network of the selection: its cities, its practices, and until when they are known to have run.
WITH selected AS MATERIALIZED (SELECT * FROM practice WHERE {practices}),
selected_city AS MATERIALIZED (SELECT * FROM city WHERE {cities} AND {shared current}),
placed AS (SELECT city, value AS unit FROM city_facet SEMI JOIN selected_city USING (city) WHERE facet = $unit),
members AS (
    SELECT unit, count(*) AS cities,
        count(*) FILTER (city IN (SELECT city FROM practice_city SEMI JOIN selected USING (practice))) AS with_practices
    FROM placed GROUP BY unit
),
own AS (
    SELECT value AS unit, practice
    FROM practice_facet SEMI JOIN selected USING (practice) JOIN members ON value = unit
    WHERE facet = $unit
),
counted AS (
    SELECT unit, count(*) AS practices, count(start_year) AS dated, max(if(coalesce(known_until, end_year) > $as_of::SMALLINT, $as_of::SMALLINT, coalesce(known_until, end_year))) AS newest_known
    FROM own JOIN selected USING (practice) GROUP BY unit
)
SELECT unit, cities, with_practices, coalesce(practices, 0) AS practices, coalesce(dated, 0) AS dated, newest_known
FROM members LEFT JOIN counted USING (unit)
ORDER BY unit;
