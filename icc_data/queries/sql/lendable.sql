-- Practices of each other city in each policy area that a city does not carry itself.
SELECT value AS unit, code, count(*) AS practices
FROM practice_facet JOIN practice_term USING (practice)
WHERE facet = 'city' AND vocabulary = 'policy_area'
    AND practice NOT IN (SELECT practice FROM practice_facet WHERE facet = 'city' AND value = $city)
GROUP BY ALL
ORDER BY unit, code;
