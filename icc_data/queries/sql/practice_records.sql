-- The practices of the selection with everything known of each, under the column names of the data files.
WITH selected AS MATERIALIZED (SELECT practice FROM practice WHERE {practices}),
{shared recorded}
SELECT
{shared record}
FROM practice SEMI JOIN selected USING (practice) LEFT JOIN places USING (practice) LEFT JOIN lands USING (practice) LEFT JOIN coded USING (practice)
ORDER BY practice_id;
