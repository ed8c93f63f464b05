-- The practices of the selection in the order asked for, a page at a time: first which they are, then what is known of them.
WITH page AS MATERIALIZED (
    SELECT practice FROM practice WHERE {practices} ORDER BY {order} LIMIT $limit OFFSET $offset
),
{shared coded}
SELECT
{shared listed}, added_on
FROM practice SEMI JOIN page USING (practice) LEFT JOIN coded USING (practice)
ORDER BY {order};
