-- Everything known of one practice.
WITH one AS MATERIALIZED (SELECT practice FROM practice WHERE practice_id = $practice_id),
places AS (
    SELECT practice, list({city_id: city_id, name: city.name, country: country.name} ORDER BY city.name COLLATE {language}) AS cities
    FROM practice_city SEMI JOIN one USING (practice) JOIN city USING (city) JOIN country USING (country) GROUP BY practice
),
coded AS (
    SELECT practice, list({vocabulary: vocabulary, code: code, source: source} ORDER BY vocabulary, position) AS terms
    FROM practice_term SEMI JOIN one USING (practice) JOIN term USING (vocabulary, code) GROUP BY practice
),
corrected AS (
    SELECT practice, list({field: field, published: published, value: value, source: source, amended_on: amended_on} ORDER BY field) AS amendments
    FROM amendment WHERE practice IS NOT NULL GROUP BY practice
)
SELECT practice.* EXCLUDE (practice, has_page, has_evidence, country_set, city_set, network_set, policy_area_set, theme_set, target_group_set, practice_type_set, practice_area_set, documented_by_set), cities, terms, amendments
FROM practice SEMI JOIN one USING (practice) LEFT JOIN places USING (practice) LEFT JOIN coded USING (practice) LEFT JOIN corrected USING (practice);
