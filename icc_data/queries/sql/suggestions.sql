-- For a word that no practice has: the words most like it (Jaro-Winkler similarity), the most used first among equals.
SELECT typed, word
FROM (SELECT unnest($words) AS typed) JOIN search_word ON jaro_winkler_similarity(typed, word) > 0.8
QUALIFY row_number() OVER (
    PARTITION BY typed ORDER BY jaro_winkler_similarity(typed, word) DESC, practices DESC, word
) <= $limit
ORDER BY typed, jaro_winkler_similarity(typed, word) DESC, practices DESC, word;
