-- What text.fold makes of a text of English letters, digits and marks; all others are folded in Python.
CREATE OR REPLACE TEMP MACRO is_plain(text) AS strlen(text) = length(text);
-- Single spaces, most of what stands between words, are left alone, which takes half of the time.
CREATE OR REPLACE TEMP MACRO plainly_folded(text) AS
    trim(regexp_replace(lower(text), ' *[^a-z0-9 ][^a-z0-9]*|  +', ' ', 'g'));
-- Likewise text.fold_words, which takes endings and articles away at apostrophes.
CREATE OR REPLACE TEMP MACRO has_plain_words(text) AS
    strlen(text) = length(text) AND NOT contains(text, '''') AND NOT contains(text, '`');
