-- A practice counts once in each commitment that it serves; NULL are those that nobody has coded yet. Those without a
-- year come last: start_year is NULL.
WITH served AS (
    SELECT DISTINCT practice, commitment.label_en AS commitment
    FROM practice_term
    JOIN term AS area USING (vocabulary, code)
    JOIN term AS commitment ON commitment.vocabulary = 'commitment' AND commitment.code = area."group"
    WHERE vocabulary = 'policy_area'
)
SELECT start_year, commitment, count(*) AS practices
FROM practice
LEFT JOIN served USING (practice)
GROUP BY ALL
ORDER BY start_year NULLS LAST, commitment
