-- The practices of two selections in the order asked for, a page at a time, and in which selection they are: one, other or both.
WITH {shared sides},
page AS MATERIALIZED (
    SELECT practice, CASE WHEN in_one AND in_other THEN 'both' WHEN in_one THEN 'one' ELSE 'other' END AS side
    FROM practice JOIN sides USING (practice)
    WHERE $side IS NULL OR side = $side
    ORDER BY {order} LIMIT $limit OFFSET $offset
),
{shared coded}
SELECT
    side,
{shared listed}, added_on
FROM practice JOIN page USING (practice) LEFT JOIN coded USING (practice)
ORDER BY {order};
