-- Everything known of one practice.
WITH places AS (
    SELECT practice, list({city_id: city_id, name: city.name, country: country.name} ORDER BY city.name COLLATE {language}) AS cities
    FROM practice_city JOIN city USING (city) JOIN country USING (country) GROUP BY practice
),
coded AS (
    SELECT practice, list({vocabulary: vocabulary, code: code, source: source} ORDER BY vocabulary, position) AS terms
    FROM practice_term JOIN term USING (vocabulary, code) GROUP BY practice
)
SELECT practice.* EXCLUDE (practice), cities, terms
FROM practice LEFT JOIN places USING (practice) LEFT JOIN coded USING (practice)
WHERE practice_id = $practice_id;
