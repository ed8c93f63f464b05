-- Words that the endings cut off by the stemmer would make one with others of another meaning: minorities and minors,
-- authorities and authors, international and intern. They are marked, so that each keeps to its own kind.
CREATE MACRO kept_apart(words) AS regexp_replace(regexp_replace(regexp_replace(regexp_replace(words,
    '\b(minorit|majorit|authorit|universit|integrit)(?:y|ies)\b', '\1yzq', 'g'),
    '\b(international|universal|informal|important|organic)(?:ly|s|ity|ism|e|es)?\b', '\1zq', 'g'),
    '\b(national|social)(ism|isms)\b', '\1ismzq', 'g'),
    '\btravell?ers?\b', 'travellerzq', 'g');
CREATE MACRO search_term(word) AS stem(kept_apart(word), 'english');

-- The index is made of the marked texts and kept with the name of the table that holds them as they are.
ALTER TABLE practice_text RENAME TO unmarked_text;
CREATE TABLE practice_text AS
    SELECT practice, kept_apart(title) AS title, kept_apart(summary) AS summary, kept_apart(place) AS place, kept_apart(labels) AS labels
    FROM unmarked_text ORDER BY practice;

-- The texts are folded already, so that a query folded the same way meets them whatever its accents and case. Of
-- itself the index would pass over digits and join the parts of Korean syllables again.
PRAGMA create_fts_index(
    'practice_text', 'practice', 'title', 'summary', 'place', 'labels',
    stemmer = 'english', stopwords = 'none', ignore = '[^\p{L}\p{M}\p{N}]+', strip_accents = 0, lower = 1
);

-- Where each term stands, by the term, so that few blocks are read for it: which practices have it, how often (a title
-- counts four times, a place three times, the summary one and a half times), and of how many words each is.
CREATE TABLE fts_main_practice_text.posting AS
    SELECT
        termid, docs.name AS practice, any_value(len)::UINTEGER AS len,
        sum(CASE field WHEN 'title' THEN 4.0 WHEN 'place' THEN 3.0 WHEN 'summary' THEN 1.5 ELSE 1.0 END)::DOUBLE AS weighted,
        bool_or(field = 'title') AS in_title, bool_or(field IN ('title', 'summary')) AS in_text
    FROM fts_main_practice_text.terms JOIN fts_main_practice_text.fields USING (fieldid)
    JOIN fts_main_practice_text.docs USING (docid)
    GROUP BY termid, docs.name
    ORDER BY termid, practice;

DROP TABLE practice_text;
ALTER TABLE unmarked_text RENAME TO practice_text;

-- Every word that stands in a practice: what typing begins, and what a misspelt word is compared with.
CREATE TABLE search_word AS
    SELECT word, search_term(word) AS term, count(DISTINCT practice) AS practices, bool_or(place) AS place
    FROM (
        SELECT practice, unnest(string_split(concat_ws(' ', title, summary, labels), ' ')) AS word, false AS place
        FROM practice_text
        UNION ALL
        SELECT practice, unnest(string_split(place, ' ')), true FROM practice_text
    )
    WHERE length(word) > 1
    GROUP BY word
    ORDER BY word;

COMMENT ON TABLE search_word IS 'Every word of the texts that full-text search reads: what typing begins, and what a misspelt word is compared with.';
COMMENT ON COLUMN search_word.word IS 'The word, in lower case and without accents.';
COMMENT ON COLUMN search_word.term IS 'What is left without its ending, by which it is looked up.';
COMMENT ON COLUMN search_word.practices IS 'Number of practices that have it.';
COMMENT ON COLUMN search_word.place IS 'Whether it belongs to the name of a city or country.';
