-- What the practices of a page are about, in the order of the lists.
coded AS (
    SELECT practice, list(code ORDER BY position) FILTER (vocabulary = 'policy_area') AS policy_areas,
        list(code ORDER BY position) FILTER (vocabulary = 'theme') AS themes
    FROM practice_term SEMI JOIN page USING (practice) JOIN term USING (vocabulary, code) GROUP BY practice
)
