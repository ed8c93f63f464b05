-- How many practices each value of a facet would give, under the choices made in all other facets.
WITH candidate AS (SELECT practice, {held} FROM practice WHERE {practices})
SELECT facet, value, count(*) AS practices
FROM practice_facet JOIN candidate USING (practice)
WHERE {others}
GROUP BY ALL;
