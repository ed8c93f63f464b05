-- Practices of each city, country or network in each policy area, within the selection; only where there are any.
WITH selected AS (SELECT * FROM practice WHERE {practices})
SELECT value AS unit, code, count(*) AS practices
FROM practice_facet SEMI JOIN selected USING (practice) JOIN practice_term USING (practice)
WHERE facet = $unit AND vocabulary = 'policy_area'
GROUP BY ALL
ORDER BY unit, code;
