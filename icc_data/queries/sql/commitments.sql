-- The four commitments through the policy areas that serve them; a practice counts once in each commitment.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
served AS (
    SELECT DISTINCT practice, "group" AS code FROM practice_term JOIN term USING (vocabulary, code) SEMI JOIN selected USING (practice)
    WHERE vocabulary = 'policy_area'
),
counted AS (
    SELECT code, position, count(DISTINCT practice) AS practices, count(DISTINCT city) AS cities
    FROM term LEFT JOIN served USING (code) LEFT JOIN practice_city USING (practice)
    WHERE vocabulary = 'commitment'
    GROUP BY code, position
)
SELECT code, position, practices, "of", practices / nullif("of", 0) AS share, cities
FROM counted CROSS JOIN (SELECT count(*) AS "of" FROM selected) ORDER BY position;
