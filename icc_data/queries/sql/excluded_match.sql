-- Practices with any of the excluded phrases, or with an excluded word in any of its endings.
SELECT practice FROM practice_text
WHERE list_bool_or([
    contains(' ' || concat_ws(' / ', title, summary, place, labels) || ' ', ' ' || word || ' ') FOR word IN list_concat($excluded, $excluded_too)
])
UNION ALL
SELECT DISTINCT practice
FROM fts_main_practice_text.posting JOIN fts_main_practice_text.dict USING (termid)
WHERE list_contains([search_term(word) FOR word IN $excluded IF NOT contains(word, ' ')], term)
