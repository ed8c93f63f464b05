-- A practice counts once in each commitment that it serves. Those without a year come last: start_year is NULL.
SELECT start_year, commitment.label_en AS commitment, count(DISTINCT practice) AS practices
FROM practice
JOIN practice_term USING (practice)
JOIN term AS area ON area.vocabulary = 'policy_area' AND area.code = practice_term.code
JOIN term AS commitment ON commitment.vocabulary = 'commitment' AND commitment.code = area."group"
WHERE practice_term.vocabulary = 'policy_area'
GROUP BY ALL
ORDER BY start_year NULLS LAST, commitment
