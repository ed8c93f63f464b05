-- The practices of the selection in the order asked for, a page at a time.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
{shared coded}
SELECT
{shared listed}, added_on
FROM selected LEFT JOIN coded USING (practice)
ORDER BY {order}
LIMIT $limit OFFSET $offset;
