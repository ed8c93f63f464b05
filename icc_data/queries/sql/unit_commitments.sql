-- Practices of each city, country or network in each commitment, within the selection; a practice counts once in each.
WITH selected AS (SELECT * FROM practice WHERE {practices})
SELECT value AS unit, "group" AS commitment, count(DISTINCT practice) AS practices
FROM practice_facet SEMI JOIN selected USING (practice) JOIN practice_term USING (practice) JOIN term USING (vocabulary, code)
WHERE facet = $unit AND vocabulary = 'policy_area'
GROUP BY ALL
ORDER BY unit, commitment;
