-- The practices of the selection for a review: until when each is known to have run, and which fields it lacks.
WITH selected AS MATERIALIZED (SELECT * FROM practice WHERE {practices})
SELECT
    practice_id, title, city_names, country_names, when_text, start_year, if(coalesce(known_until, end_year) > $as_of::SMALLINT, $as_of::SMALLINT, coalesce(known_until, end_year)) AS known_year,
    coalesce(ongoing, false) AS ongoing, accessed, coalesce(url, evidence_urls[1]) AS source,
    list_filter([
        CASE WHEN start_year IS NULL THEN 'start_year' END,
        CASE WHEN practice NOT IN (SELECT practice FROM practice_city) THEN 'city' END,
        CASE WHEN practice NOT IN (SELECT practice FROM practice_country) THEN 'country' END,
        CASE WHEN url IS NULL THEN 'url' END,
        CASE WHEN coalesce(confidence <> 'high', true) THEN 'confidence' END,
        CASE WHEN summary IS NULL THEN 'summary' END,
        CASE WHEN practice NOT IN (SELECT practice FROM practice_term WHERE vocabulary = 'policy_area') THEN 'policy_area' END,
        CASE WHEN coalesce(len(evidence_urls), 0) = 0 THEN 'evidence' END
    ], lambda field: field IS NOT NULL) AS missing
FROM selected
ORDER BY city_names = '', city_names COLLATE {language}, title COLLATE {language}, practice_id;
