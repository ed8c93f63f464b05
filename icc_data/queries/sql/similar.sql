-- Practices that share terms and telling words with one, rare ones counting more (inverse document frequency, as in
-- Spärck Jones 1972, “A statistical interpretation of term specificity”): the shared part of what the one has.
WITH one AS (SELECT practice FROM practice WHERE practice_id = $practice_id),
feature AS (
    SELECT practice, vocabulary AS kind, code AS value FROM practice_term
    UNION ALL
    SELECT DISTINCT docs.name, 'word', term
    FROM fts_main_practice_text.terms JOIN fts_main_practice_text.dict USING (termid)
    JOIN fts_main_practice_text.docs USING (docid) JOIN fts_main_practice_text.fields USING (fieldid)
    -- A word of two letters, a number, or a word that a tenth of all practices use tells nothing.
    WHERE field IN ('title', 'summary') AND length(term) > 2 AND NOT regexp_matches(term, '[0-9]')
        AND termid IN (SELECT termid FROM fts_main_practice_text.terms JOIN fts_main_practice_text.fields USING (fieldid) WHERE field = 'title')
        AND df BETWEEN 2 AND greatest(3, (SELECT count(*) FROM practice) / 10)
        AND term NOT IN (SELECT search_term(word) FROM search_word WHERE place)
        AND term NOT IN (SELECT search_term(word) FROM (SELECT unnest($common_words) AS word))
),
weighted AS (
    SELECT kind, value, ln((SELECT count(*) FROM practice) / count(*)) * if(kind = 'word', 0.5, 1.0) AS weight
    FROM feature GROUP BY kind, value
),
owned AS (SELECT practice, kind, value, weight FROM feature JOIN weighted USING (kind, value)),
-- A word as the one practice spells it.
spelling AS (
    SELECT search_term(word) AS term, min(word) AS word
    FROM (SELECT unnest(string_split(title || ' ' || summary, ' ')) AS word FROM practice_text JOIN one USING (practice))
    GROUP BY term
),
size AS (SELECT practice, sum(weight) AS size FROM owned GROUP BY practice),
common AS (
    SELECT other.practice, sum(other.weight) AS weight,
        list(DISTINCT other.value) FILTER (other.kind = 'policy_area') AS areas,
        list(DISTINCT other.value) FILTER (other.kind = 'theme') AS themes,
        list(DISTINCT other.value) FILTER (other.kind = 'target_group') AS target_groups,
        list(spelling.word ORDER BY other.weight DESC) FILTER (other.kind = 'word') AS words
    FROM owned AS mine JOIN one USING (practice)
    JOIN owned AS other ON other.kind = mine.kind AND other.value = mine.value AND other.practice <> mine.practice
    LEFT JOIN spelling ON other.kind = 'word' AND spelling.term = other.value
    GROUP BY ALL
),
scored AS (
    SELECT common.*, weight / (SELECT size FROM size JOIN one USING (practice)) AS score, size
    FROM common JOIN size USING (practice)
)
SELECT
    practice_id, title, city_names, country_names, when_text, described_when, when_conflict, summary, url, evidence_urls,
    (SELECT list(code ORDER BY position) FROM practice_term JOIN term USING (vocabulary, code)
        WHERE practice_term.practice = practice.practice AND vocabulary = 'policy_area') AS policy_areas,
    areas, themes, target_groups,
    words[:4] AS words,
    practice IN (SELECT practice FROM practice_city JOIN city USING (city)
        WHERE city IN (SELECT city FROM practice_city JOIN one USING (practice))) AS same_city,
    score
FROM scored JOIN practice USING (practice)
ORDER BY score DESC, size, practice_id
LIMIT $limit;
