-- The practices of two selections with everything known of each, and in which selection they are: one, other or both.
WITH {shared sides},
selected AS MATERIALIZED (SELECT practice FROM sides),
{shared recorded}
SELECT
    CASE WHEN in_one AND in_other THEN 'both' WHEN in_one THEN 'one' ELSE 'other' END AS side,
{shared record}
FROM practice JOIN sides USING (practice) LEFT JOIN places USING (practice) LEFT JOIN lands USING (practice) LEFT JOIN coded USING (practice)
ORDER BY practice_id;
