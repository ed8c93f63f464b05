-- Everything that is known of the selected practices in other tables.
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
