-- Pairs of cities that carry practices of the selection together, with their number and titles.
WITH selected AS (SELECT practice, title FROM practice WHERE {practices}),
part AS (SELECT practice, city_id, name FROM practice_city SEMI JOIN selected USING (practice) JOIN city USING (city))
SELECT a.city_id AS one, b.city_id AS other, a.name AS one_name, b.name AS other_name,
    count(*) AS practices, list(title ORDER BY title) AS titles
FROM part AS a JOIN part AS b ON a.practice = b.practice AND a.city_id < b.city_id JOIN selected ON selected.practice = a.practice
GROUP BY ALL
ORDER BY practices DESC, one, other;
