coded AS (
    SELECT practice, list(code ORDER BY position) FILTER (vocabulary = 'policy_area') AS policy_areas,
        list(code ORDER BY position) FILTER (vocabulary = 'theme') AS themes
    FROM practice_term JOIN term USING (vocabulary, code) GROUP BY practice
)
