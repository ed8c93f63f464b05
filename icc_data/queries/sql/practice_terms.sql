-- Each practice of the selection with each of its terms.
WITH selected AS (SELECT practice, practice_id FROM practice WHERE {practices})
SELECT practice_id, vocabulary, code, source
FROM selected JOIN practice_term USING (practice) JOIN term USING (vocabulary, code)
ORDER BY practice_id, vocabulary, position;
