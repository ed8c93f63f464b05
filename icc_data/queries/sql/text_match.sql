-- What each typed word stands for, and which practices hold it. Weights say how surely: the word itself in either
-- spelling, an equivalent of the thesaurus, a word that it is part of, and where there is none of these the place that is
-- called so elsewhere, or the most similar word. A name of a place that no practice has, and what was put in quotation
-- marks, is no part of a word, no other ending of one, and never a misspelt one.
typed AS (SELECT DISTINCT unnest($words::VARCHAR[]) AS typed),
spelled AS (
    SELECT typed, typed AS spelling, typed AS root FROM typed
    UNION ALL
    SELECT unnest($spelled::VARCHAR[]), unnest($spelled_as::VARCHAR[]), unnest($spelled_root::VARCHAR[])
),
fixed AS (
    SELECT unnest($never_corrected::VARCHAR[]) AS typed
    EXCEPT SELECT word FROM search_word
),
exonym AS (SELECT unnest($exonyms::VARCHAR[]) AS typed, unnest($exonyms_mean::VARCHAR[]) AS meant),
surely AS (
    SELECT typed, search_term(typed) AS term, 1.0 AS weight, 'itself' AS kind FROM typed
    UNION ALL
    SELECT typed, term, 1.0, 'itself'
    FROM spelled JOIN search_word ON search_term(spelling) = term AND starts_with(word, root)
    WHERE typed <> spelling
    UNION ALL
    SELECT typed, search_term(equivalent), 0.7, 'equivalent'
    FROM spelled JOIN thesaurus ON stem(spelling, stemmer) = stem(thesaurus.term, stemmer)
    -- Travellers are people, what is travelling need not be.
    WHERE (typed = thesaurus.term OR typed NOT IN (FROM fixed))
        AND (thesaurus.term <> 'traveller' OR starts_with(spelling, 'traveller') OR starts_with(spelling, 'traveler'))
    UNION ALL
    SELECT typed, search_word.term, if(starts_with(word, spelling), 0.5, 0.3), 'part'
    FROM spelled JOIN search_word
        ON (length(spelling) > 1 AND starts_with(word, spelling)) OR (length(spelling) > 4 AND contains(word, spelling))
    WHERE typed NOT IN (FROM fixed)
),
known AS (SELECT typed, termid, weight, kind FROM surely JOIN fts_main_practice_text.dict USING (term)),
elsewhere AS (
    SELECT typed, termid, 0.9 AS weight, 'exonym' AS kind
    FROM exonym JOIN fts_main_practice_text.dict ON term = search_term(meant)
    WHERE typed NOT IN (SELECT typed FROM known WHERE kind = 'itself')
),
-- A practice that started in a typed year answers it, whether or not its text says so.
dated AS (
    SELECT typed, practice FROM typed JOIN practice ON start_year = TRY_CAST(typed AS SMALLINT)
    WHERE regexp_full_match(typed, '[12][0-9]{3}')
),
-- Misspelt words begin as they should, and where two letters are wrong the words are alike without their endings, too:
-- “profiling” is not “providing”. Names of places may be shorter.
nearest AS (
    SELECT typed, term, 0.6 AS weight, 'similar' AS kind
    FROM (
        SELECT typed, word, term, place, practices, damerau_levenshtein(typed, word) AS edits
        FROM (
            SELECT typed, search_term(typed) AS stemmed FROM typed
            WHERE length(typed) > 3 AND NOT regexp_matches(typed, '[0-9]')
                AND typed NOT IN (FROM fixed UNION ALL SELECT typed FROM known UNION ALL SELECT typed FROM elsewhere)
        ) JOIN search_word ON abs(length(typed) - length(word)) <= 2
        WHERE place OR (
            length(typed) > 4 AND (left(typed, 1) = left(word, 1) OR left(typed, 2) = reverse(left(word, 2)))
            AND (edits < 2 OR damerau_levenshtein(stemmed, term) < 2)
        )
    )
    WHERE edits <= if(length(typed) < 8, 1, 2)
    QUALIFY row_number() OVER (PARTITION BY typed ORDER BY edits, place DESC, practices DESC, word) = 1
),
reading AS MATERIALIZED (
    SELECT typed, termid, max(weight) AS weight, arg_max(kind, weight) AS kind
    FROM (FROM known UNION ALL FROM elsewhere UNION ALL SELECT typed, termid, weight, kind FROM nearest JOIN fts_main_practice_text.dict USING (term))
    GROUP BY ALL
),
-- Each typed word is a bit, so that a word that a practice holds twice counts once.
held AS MATERIALIZED (
    SELECT practice, bit_count(bit_or(1 << list_position($words::VARCHAR[], typed))) AS words
    FROM (
        SELECT practice, typed FROM reading JOIN fts_main_practice_text.posting USING (termid)
        UNION ALL
        SELECT practice, typed FROM dated
    )
    GROUP BY practice
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
