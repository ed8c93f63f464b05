UPDATE fts_main_practice_text.dict
SET df = counted.df, titles = counted.titles, texts = counted.texts
FROM (
    SELECT termid, count(*) AS df, count(*) FILTER (in_title) AS titles, count(*) FILTER (in_text) AS texts
    FROM fts_main_practice_text.posting GROUP BY termid
) AS counted
WHERE counted.termid = dict.termid;

-- Who has a term that comes of one word alone has that word: only words that share theirs have to be counted.
CREATE TEMP TABLE word_alone AS
    SELECT number, any_value(df) AS practices
    FROM (
        SELECT term, any_value(number) AS number
        FROM (SELECT number, unnest(list_distinct(terms)) AS term FROM word)
        GROUP BY term HAVING count(*) = 1
    )
    JOIN fts_main_practice_text.dict USING (term)
    GROUP BY number;
CREATE TEMP TABLE text_words AS
    SELECT word_in_text.number, list(DISTINCT word.number) AS words
    FROM word_in_text JOIN (FROM word ANTI JOIN word_alone USING (number)) AS word USING (word)
    WHERE length(word) > 1
    GROUP BY word_in_text.number;

-- Every word that stands in a practice: what typing begins, and what a misspelt word is compared with.
CREATE TABLE search_word AS
    SELECT word, search_term(word) AS term, practices, place
    FROM (
        FROM word_alone
        UNION ALL
        SELECT number, count(*) AS practices
        FROM (
            SELECT unnest(list_distinct(flatten([title.words, summary.words, place.words, labels.words]))) AS number
            FROM text_of
            LEFT JOIN text_words AS title ON title.number = title
            LEFT JOIN text_words AS summary ON summary.number = summary
            LEFT JOIN text_words AS place ON place.number = place
            LEFT JOIN text_words AS labels ON labels.number = labels
        )
        GROUP BY number
    )
    JOIN word USING (number)
    JOIN (
        SELECT word, bool_or(fieldid = 2) AS place FROM word_in_text JOIN field_text USING (number) GROUP BY word
    ) USING (word)
    WHERE length(word) > 1
    ORDER BY word;

DROP TABLE field_text;
DROP TABLE word_in_text;
DROP TABLE word;
DROP TABLE text_terms;
DROP TABLE word_alone;
DROP TABLE text_words;
DROP TABLE text_of;

COMMENT ON TABLE search_word IS 'Every word of the texts that full-text search reads: what typing begins, and what a misspelt word is compared with.';
COMMENT ON COLUMN search_word.word IS 'The word, in lower case and without accents.';
COMMENT ON COLUMN search_word.term IS 'What is left without its ending, by which it is looked up.';
COMMENT ON COLUMN search_word.practices IS 'Number of practices that have it.';
COMMENT ON COLUMN search_word.place IS 'Whether it belongs to the name of a city or country.';
