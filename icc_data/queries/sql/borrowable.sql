-- Every practice in each of its policy areas, with its cities and how fully it is described; with $cities those that one of
-- these has a part in.
WITH chosen AS (
    SELECT practice FROM practice
    WHERE $cities::VARCHAR[] IS NULL
        OR city_set IN (SELECT "set" FROM facet_set WHERE facet = 'city' AND list_contains($cities::VARCHAR[], value))
),
places AS (
    SELECT practice, list(city_id ORDER BY city_id) AS city_ids, list(name ORDER BY city_id) AS names_of_cities
    FROM practice_city SEMI JOIN chosen USING (practice) JOIN city USING (city) GROUP BY practice
),
area AS (
    SELECT practice, code AS policy_area, position
    FROM practice_term SEMI JOIN chosen USING (practice) JOIN term USING (vocabulary, code) WHERE vocabulary = 'policy_area'
)
SELECT
    practice_id, policy_area, title, city_ids, names_of_cities, city_names, country_names, when_text, described_when, when_conflict, start_year,
    last_active_year, ongoing, summary, url, evidence_urls,
    ((summary IS NOT NULL)::INTEGER + (start_year IS NOT NULL)::INTEGER + has_page::INTEGER
        + (confidence = 'high' IS TRUE)::INTEGER + (policy_area_coding = 'agreed' IS TRUE)::INTEGER) / 5 AS completeness
FROM practice JOIN area USING (practice) LEFT JOIN places USING (practice)
ORDER BY practice_id, position;
