-- The practices of the selection in the order asked for, a page at a time.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
coded AS (
    SELECT practice, list(code ORDER BY position) FILTER (vocabulary = 'policy_area') AS policy_areas,
        list(code ORDER BY position) FILTER (vocabulary = 'theme') AS themes
    FROM practice_term JOIN term USING (vocabulary, code) GROUP BY practice
)
SELECT
    practice_id, title, title_original, city_names, country_names, when_text, described_when, when_conflict,
    start_year, end_year, ongoing, certainty, form,
    summary, policy_areas, themes, source_kind, url, evidence_urls, confidence, added_on
FROM selected LEFT JOIN coded USING (practice)
ORDER BY {order}
LIMIT $limit OFFSET $offset;
