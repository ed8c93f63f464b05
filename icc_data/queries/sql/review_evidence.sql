-- How many practices of the selection are known until the same year and lack the same fields: what the lists of a review
-- count, without the practices themselves.
WITH told AS (
    SELECT
{shared until_when},
{shared missing}
    FROM practice
    WHERE {practices}
)
SELECT known_year, ongoing, missing, count(*) AS practices FROM told GROUP BY ALL ORDER BY ALL;
