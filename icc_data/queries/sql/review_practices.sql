-- The practices of the selection for a review: until when each is known to have run, and which fields it lacks.
WITH told AS (
    SELECT
        practice_id, title, city_names, country_names, when_text, start_year,
{shared until_when},
        accessed, coalesce(url, evidence_urls[1]) AS source,
{shared missing}
    FROM practice
    WHERE {practices}
)
FROM told
WHERE {listed}
ORDER BY {first} city_names = '', city_names COLLATE {language}, title COLLATE {language}, practice_id
LIMIT $most;
