-- The practices of the selection, the best answer to the typed words first.
-- BM25 with weighted fields: Robertson, Zaragoza and Taylor 2004, “Simple BM25 extension to multiple weighted fields”.
WITH {match},
selected AS (SELECT * FROM practice WHERE {practices}),
fields AS (
    SELECT fieldid, CASE field WHEN 'title' THEN 4.0 WHEN 'place' THEN 3.0 WHEN 'summary' THEN 1.5 ELSE 1.0 END AS importance
    FROM fts_main_practice_text.fields
),
frequency AS (
    SELECT docid, termid, sum(importance) AS weighted
    FROM fts_main_practice_text.terms JOIN fields USING (fieldid) SEMI JOIN reading USING (termid) GROUP BY ALL
),
scored AS (
    SELECT docs.name AS practice, typed, max(
        weight * ln(1 + (num_docs - df + 0.5) / (df + 0.5))
        * weighted * 2.2 / (weighted + 1.2 * (0.25 + 0.75 * len / avgdl))
    ) AS score
    FROM reading JOIN frequency USING (termid) JOIN fts_main_practice_text.dict USING (termid)
    JOIN fts_main_practice_text.docs USING (docid) CROSS JOIN fts_main_practice_text.stats
    GROUP BY ALL
),
ranked AS (SELECT practice, sum(score) AS score, count(*) AS words_held FROM scored GROUP BY practice),
coded AS (
    SELECT practice, list(code ORDER BY position) FILTER (vocabulary = 'policy_area') AS policy_areas,
        list(code ORDER BY position) FILTER (vocabulary = 'theme') AS themes
    FROM practice_term JOIN term USING (vocabulary, code) GROUP BY practice
)
SELECT
    practice_id, title, title_original, city_names, country_names, when_text, described_when, when_conflict,
    start_year, end_year, ongoing, certainty, form,
    summary, policy_areas, themes, source_kind, url, evidence_urls, confidence, added_on, score, words_held
FROM selected JOIN ranked USING (practice) LEFT JOIN coded USING (practice)
ORDER BY {order}
LIMIT $limit OFFSET $offset;
