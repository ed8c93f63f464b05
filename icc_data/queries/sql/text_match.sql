-- What each typed word stands for, and which practices hold it. Weights say how surely: the word itself, an
-- equivalent of the thesaurus, a word that it is part of, and where there is none of these the most similar one.
typed AS (SELECT DISTINCT unnest($words) AS typed),
surely AS (
    SELECT typed, stem(typed, 'english') AS term, 1.0 AS weight, 'itself' AS kind FROM typed
    UNION ALL
    SELECT typed, stem(equivalent, 'english'), 0.7, 'equivalent'
    FROM typed JOIN thesaurus ON stem(typed, stemmer) = stem(thesaurus.term, stemmer)
    UNION ALL
    SELECT typed, search_word.term, if(starts_with(word, typed), 0.5, 0.3), 'part'
    FROM typed JOIN search_word
        ON (length(typed) > 1 AND starts_with(word, typed)) OR (length(typed) > 3 AND contains(word, typed))
),
known AS (SELECT typed, termid, weight, kind FROM surely JOIN fts_main_practice_text.dict USING (term)),
nearest AS (
    SELECT typed, term, 0.6 AS weight, 'similar' AS kind
    FROM (
        SELECT typed, word, term, place, practices, damerau_levenshtein(typed, word) AS edits
        FROM (SELECT typed FROM typed WHERE length(typed) > 3 AND NOT regexp_matches(typed, '[0-9]') AND typed NOT IN (SELECT typed FROM known)) JOIN search_word
            ON abs(length(typed) - length(word)) <= 2
    )
    WHERE edits <= if(length(typed) < 8, 1, 2)
    QUALIFY row_number() OVER (PARTITION BY typed ORDER BY edits, place DESC, practices DESC, word) = 1
),
reading AS (
    SELECT typed, termid, max(weight) AS weight, arg_max(kind, weight) AS kind
    FROM (FROM known UNION ALL SELECT typed, termid, weight, kind FROM nearest JOIN fts_main_practice_text.dict USING (term))
    GROUP BY ALL
),
held AS (
    SELECT docs.name AS practice, count(DISTINCT typed) AS words
    FROM reading JOIN fts_main_practice_text.terms USING (termid) JOIN fts_main_practice_text.docs USING (docid)
    GROUP BY ALL
),
-- Where no practice holds every word (of four or more: where hardly one does), those that hold half of them, or as
-- many as any practice does.
asked AS (
    SELECT
        held.holding_all,
        if(held.holding_all >= if(typed.words > 3, 5, 1), typed.words, least(ceil(typed.words / 2), held.most)) AS needed
    FROM (SELECT count(*) AS words FROM typed) AS typed
    CROSS JOIN (SELECT max(words) AS most, count(*) FILTER (words = (SELECT count(*) FROM typed)) AS holding_all FROM held) AS held
),
matched AS (SELECT practice, words FROM held CROSS JOIN asked WHERE words >= needed)
