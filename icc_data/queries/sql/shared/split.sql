    SELECT practice, code FROM practice_term WHERE $split = 'policy_area' AND vocabulary = 'policy_area'
    UNION ALL
    SELECT DISTINCT practice, "group"
    FROM practice_term JOIN term USING (vocabulary, code) WHERE $split = 'commitment' AND vocabulary = 'policy_area'
    UNION ALL
    SELECT practice, slug FROM practice_country JOIN country USING (country) WHERE $split = 'country'
