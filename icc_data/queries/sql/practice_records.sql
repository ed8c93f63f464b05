-- The practices of the selection with everything known of each, under the column names of the data files.
WITH selected AS MATERIALIZED (SELECT practice FROM practice WHERE {practices}),
places AS (
    SELECT practice, list(city_id ORDER BY city_id) AS city_ids, list(city.name ORDER BY city_id) AS cities
    FROM practice_city SEMI JOIN selected USING (practice) JOIN city USING (city) GROUP BY practice
),
lands AS (
    SELECT practice, list(name ORDER BY name) AS countries FROM practice_country SEMI JOIN selected USING (practice) JOIN country USING (country) GROUP BY practice
),
coded AS (
    SELECT practice,
        list(code ORDER BY position) FILTER (vocabulary = 'policy_area') AS policy_areas,
        list(code ORDER BY position) FILTER (vocabulary = 'theme') AS themes,
        list(code ORDER BY position) FILTER (vocabulary = 'target_group') AS target_groups,
        list(code ORDER BY position) FILTER (vocabulary = 'practice_type') AS practice_types,
        list(code ORDER BY position) FILTER (vocabulary = 'practice_area') AS practice_areas
    FROM practice_term SEMI JOIN selected USING (practice) JOIN term USING (vocabulary, code) GROUP BY practice
)
SELECT
    practice_id, title, title_original, city_ids, cities, countries, when_text, when_source, described_when,
    start_year, end_year, ongoing, certainty, form, when_conflict, summary, policy_areas, policy_area_coding, published_topics,
    themes, target_groups, practice_types, practice_areas, source_kind, url, evidence_urls, accessed, added_on, confidence
FROM practice SEMI JOIN selected USING (practice) LEFT JOIN places USING (practice) LEFT JOIN lands USING (practice) LEFT JOIN coded USING (practice)
ORDER BY practice_id;
