-- The texts are folded already, so that a query folded the same way meets them whatever its accents and case. Of
-- itself the index would pass over digits and join the parts of Korean syllables again. It is made of no practice, for its
-- tables and functions: what fills it reads each text once, and each word once.
ALTER TABLE practice_text RENAME TO filled_text;
CREATE TABLE practice_text AS FROM filled_text LIMIT 0;
PRAGMA create_fts_index(
    'practice_text', 'practice', 'title', 'summary', 'place', 'labels',
    stemmer = 'english', stopwords = 'none', ignore = '[^\p{L}\p{M}\p{N}]+', strip_accents = 0, lower = 1
);
DROP TABLE practice_text;
ALTER TABLE filled_text RENAME TO practice_text;

CREATE TEMP TABLE field_text AS
    SELECT row_number() OVER (ORDER BY fieldid, text) AS number, fieldid, text
    FROM (
        SELECT DISTINCT unnest(range(4)) AS fieldid, unnest([title, summary, place, labels]) AS text
        FROM practice_text
    );
CREATE TEMP TABLE word_in_text AS SELECT number, unnest(string_split(text, ' ')) AS word FROM field_text;
CREATE TEMP TABLE word AS
    SELECT row_number() OVER (ORDER BY word) AS number, word,
        [stem(part, 'english') FOR part IN fts_main_practice_text.tokenize(kept_apart(word)) IF part <> ''] AS terms
    FROM (SELECT DISTINCT word FROM word_in_text);

-- Of how many practices it stands in the title, and of how many in title or summary: how telling it is. How many summaries
-- have it, and how often: who counts the words of some practices knows those of all others without reading them.
ALTER TABLE fts_main_practice_text.dict ADD COLUMN titles BIGINT;
ALTER TABLE fts_main_practice_text.dict ADD COLUMN texts BIGINT;
ALTER TABLE fts_main_practice_text.dict ADD COLUMN summaries BIGINT;
ALTER TABLE fts_main_practice_text.dict ADD COLUMN summary_times BIGINT;
INSERT INTO fts_main_practice_text.dict
    SELECT row_number() OVER (ORDER BY term) - 1, term, 0, 0, 0, 0, 0
    FROM (SELECT DISTINCT unnest(terms) AS term FROM word);

-- What each text holds: its terms as often as they stand there.
CREATE TEMP TABLE text_terms AS
    SELECT word_in_text.number, list(termid::UINTEGER) AS terms
    FROM word_in_text JOIN (SELECT word, unnest(terms) AS term FROM word) USING (word)
    JOIN fts_main_practice_text.dict USING (term)
    GROUP BY word_in_text.number;
CREATE TEMP TABLE text_of AS
    SELECT practice, title.number AS title, summary.number AS summary, place.number AS place, labels.number AS labels
    FROM practice_text
    JOIN field_text AS title ON title.fieldid = 0 AND title.text = practice_text.title
    JOIN field_text AS summary ON summary.fieldid = 1 AND summary.text = practice_text.summary
    JOIN field_text AS place ON place.fieldid = 2 AND place.text = practice_text.place
    JOIN field_text AS labels ON labels.fieldid = 3 AND labels.text = practice_text.labels;

INSERT INTO fts_main_practice_text.terms
    SELECT practice - 1, 0, unnest(terms) FROM text_of JOIN text_terms ON number = title
    UNION ALL SELECT practice - 1, 1, unnest(terms) FROM text_of JOIN text_terms ON number = summary
    UNION ALL SELECT practice - 1, 2, unnest(terms) FROM text_of JOIN text_terms ON number = place
    UNION ALL SELECT practice - 1, 3, unnest(terms) FROM text_of JOIN text_terms ON number = labels;
INSERT INTO fts_main_practice_text.docs
    SELECT practice - 1, practice,
        coalesce(len(title.terms), 0) + coalesce(len(summary.terms), 0)
        + coalesce(len(place.terms), 0) + coalesce(len(labels.terms), 0)
    FROM text_of
    LEFT JOIN text_terms AS title ON title.number = title
    LEFT JOIN text_terms AS summary ON summary.number = summary
    LEFT JOIN text_terms AS place ON place.number = place
    LEFT JOIN text_terms AS labels ON labels.number = labels
    ORDER BY practice;

-- What the summary of each practice holds: each of its terms once, and how often it stands there.
CREATE TEMP TABLE summary_terms AS
    SELECT number, map_keys(held) AS terms, map_values(held)::INTEGER[] AS times
    FROM (SELECT number, list_histogram(terms) AS held FROM text_terms JOIN field_text USING (number) WHERE fieldid = 1);
CREATE TABLE fts_main_practice_text.summary AS
    SELECT practice, terms, times FROM text_of JOIN summary_terms ON number = summary ORDER BY practice;
UPDATE fts_main_practice_text.dict
SET summaries = counted.summaries, summary_times = counted.summary_times
FROM (
    SELECT termid, sum(practices)::BIGINT AS summaries, sum(practices * times)::BIGINT AS summary_times
    FROM (
        SELECT practices, unnest(terms) AS termid, unnest(times) AS times
        FROM summary_terms JOIN (SELECT summary AS number, count(*) AS practices FROM text_of GROUP BY summary) USING (number)
    )
    GROUP BY termid
) AS counted
WHERE counted.termid = dict.termid;
DROP TABLE summary_terms;

DELETE FROM fts_main_practice_text.stats;
INSERT INTO fts_main_practice_text.stats SELECT count(*), avg(len) FROM fts_main_practice_text.docs;

-- Where each term stands: which practices have it, how often (a title counts four times, a place three times, the summary
-- one and a half times), of how many words each is, and whether it stands in its title, in title or summary.
CREATE TABLE fts_main_practice_text.posting (
    termid BIGINT, practice UINTEGER, len UINTEGER, weighted DOUBLE, in_title BOOLEAN, in_text BOOLEAN
);
