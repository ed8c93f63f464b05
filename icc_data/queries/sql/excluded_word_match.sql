-- Practices with an excluded word in any of its endings. Where a word stands in a text, the index has its term.
SELECT practice
FROM fts_main_practice_text.posting JOIN fts_main_practice_text.dict USING (termid)
WHERE list_contains([search_term(word) FOR word IN $excluded_words], term)
