-- The practices of a city, country or network of the selection in a policy area, the newest first.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
here AS (SELECT practice FROM practice_facet WHERE facet = $unit AND value = $place),
held AS (SELECT DISTINCT practice FROM practice_facet WHERE facet = 'policy_area' AND value = $area),
coded AS (
    SELECT practice, list(code ORDER BY position) FILTER (vocabulary = 'policy_area') AS policy_areas,
        list(code ORDER BY position) FILTER (vocabulary = 'theme') AS themes
    FROM practice_term JOIN term USING (vocabulary, code) GROUP BY practice
)
SELECT
    practice_id, title, title_original, city_names, country_names, when_text, described_when, when_conflict,
    start_year, end_year, ongoing, certainty, form,
    summary, policy_areas, themes, source_kind, url, evidence_urls, confidence
FROM selected SEMI JOIN here USING (practice) SEMI JOIN held USING (practice) LEFT JOIN coded USING (practice)
ORDER BY start_year DESC NULLS LAST, title, practice_id;
