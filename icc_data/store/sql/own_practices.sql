-- The tables of which a question is asked: those of the database that is open (published) with the rows of a city's own
-- practices (own) behind theirs. Own tables have the columns of the published ones, in their order.
CREATE VIEW practice AS FROM published.practice UNION ALL FROM own.practice;
CREATE VIEW facet_set AS FROM published.facet_set UNION ALL FROM own.facet_set;
CREATE VIEW practice_city AS FROM published.practice_city UNION ALL FROM own.practice_city;
CREATE VIEW practice_country AS FROM published.practice_country UNION ALL FROM own.practice_country;
CREATE VIEW practice_term AS FROM published.practice_term UNION ALL FROM own.practice_term;
CREATE VIEW practice_text AS FROM published.practice_text UNION ALL FROM own.practice_text;
CREATE VIEW coding AS FROM published.coding;
CREATE TABLE country AS FROM published.country UNION ALL FROM own.country;

-- These do not grow with the practices, and are read again and again.
CREATE TABLE meta AS FROM published.meta;
CREATE TABLE city AS FROM published.city;
CREATE TABLE city_alias AS FROM published.city_alias;
CREATE TABLE city_network AS FROM published.city_network;
CREATE TABLE city_facet AS FROM published.city_facet;
CREATE TABLE term AS FROM published.term;
CREATE TABLE amendment AS FROM published.amendment;
CREATE TABLE thesaurus AS FROM published.thesaurus;
CREATE TABLE index_score AS FROM published.index_score;
CREATE TABLE index_report AS FROM published.index_report;

-- The text index of the own practices numbers its terms by itself: a term has the number that it has among the published
-- ones, and a new one the next that is free.
CREATE TABLE own.numbered AS
    SELECT coming.termid AS own_termid, term, coalesce(known.termid, free + row_number() OVER (
        PARTITION BY known.termid IS NULL ORDER BY term)) AS termid
    FROM own.fts_main_practice_text.dict AS coming LEFT JOIN published.fts_main_practice_text.dict AS known USING (term)
    CROSS JOIN (SELECT coalesce(max(termid), -1) AS free FROM published.fts_main_practice_text.dict);

CREATE SCHEMA fts_main_practice_text;
CREATE TABLE fts_main_practice_text.dict AS
    SELECT termid, term,
        coalesce(known.df, 0) + coalesce(coming.df, 0) AS df,
        coalesce(known.titles, 0) + coalesce(coming.titles, 0) AS titles,
        coalesce(known.texts, 0) + coalesce(coming.texts, 0) AS texts,
        coalesce(known.summaries, 0) + coalesce(coming.summaries, 0) AS summaries,
        coalesce(known.summary_times, 0) + coalesce(coming.summary_times, 0) AS summary_times
    FROM published.fts_main_practice_text.dict AS known
    FULL JOIN (
        SELECT numbered.termid, term, df, titles, texts, summaries, summary_times
        FROM own.fts_main_practice_text.dict AS counted JOIN own.numbered USING (term)
    ) AS coming USING (termid, term)
    ORDER BY termid;
CREATE TABLE own.terms AS
    SELECT docid, fieldid, numbered.termid
    FROM own.fts_main_practice_text.terms AS standing JOIN own.numbered ON own_termid = standing.termid;
CREATE TABLE own.posting AS
    SELECT numbered.termid, practice, len, weighted, in_title, in_text
    FROM own.fts_main_practice_text.posting AS standing JOIN own.numbered ON own_termid = standing.termid
    ORDER BY numbered.termid, practice;
CREATE TABLE own.summary AS
    SELECT practice, list(numbered.termid ORDER BY numbered.termid) AS terms, list(times ORDER BY numbered.termid) AS times
    FROM (SELECT practice, unnest(terms) AS own_termid, unnest(times) AS times FROM own.fts_main_practice_text.summary)
    JOIN own.numbered USING (own_termid)
    GROUP BY practice ORDER BY practice;
CREATE VIEW fts_main_practice_text.terms AS
    FROM published.fts_main_practice_text.terms UNION ALL FROM own.terms;
CREATE VIEW fts_main_practice_text.posting AS
    FROM published.fts_main_practice_text.posting UNION ALL FROM own.posting;
CREATE VIEW fts_main_practice_text.summary AS
    FROM published.fts_main_practice_text.summary UNION ALL FROM own.summary;
CREATE VIEW fts_main_practice_text.docs AS
    FROM published.fts_main_practice_text.docs UNION ALL FROM own.fts_main_practice_text.docs;
CREATE TABLE fts_main_practice_text.fields AS FROM published.fts_main_practice_text.fields;
CREATE TABLE fts_main_practice_text.stats AS
    SELECT count(*) AS num_docs, avg(len) AS avgdl FROM fts_main_practice_text.docs;

CREATE TABLE search_word AS
    SELECT word, any_value(term) AS term, sum(practices)::BIGINT AS practices, bool_or(place) AS place
    FROM (FROM published.search_word UNION ALL FROM own.search_word)
    GROUP BY word ORDER BY word;
