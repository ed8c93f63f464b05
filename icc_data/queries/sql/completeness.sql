-- What is known of the practices of the selection, field by field, in each country or source kind: the places with most
-- practices, the others together, and those without. A practice with two countries counts in both.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
coded AS (SELECT practice, list(DISTINCT vocabulary) AS lists FROM practice_term GROUP BY practice),
facts AS (
    SELECT
        practice,
        when_text IS NOT NULL AS year_text,
        described_when IS NOT NULL AS described_when,
        start_year IS NOT NULL AS start_year,
        practice IN (SELECT practice FROM practice_city) AS city,
        practice IN (SELECT practice FROM practice_country) AS country,
        summary IS NOT NULL AS summary,
        coalesce(list_contains(lists, 'policy_area'), false) AS policy_area,
        coalesce(policy_area_coding = 'agreed', false) AS agreed,
        coalesce(list_contains(lists, 'theme'), false) AS theme,
        coalesce(list_contains(lists, 'target_group'), false) AS target_group,
        coalesce(list_contains(lists, 'practice_type'), false) AS practice_type,
        coalesce(list_contains(lists, 'practice_area'), false) AS practice_area,
        coalesce(len(published_topics) > 0, false) AS published_topics,
        url IS NOT NULL AS url,
        coalesce(len(evidence_urls) > 0, false) AS evidence,
        accessed IS NOT NULL AS accessed,
        coalesce(confidence = 'high', false) AS confidence
    FROM selected LEFT JOIN coded USING (practice)
),
placed AS (SELECT practice, value AS place FROM practice_facet SEMI JOIN selected USING (practice) WHERE facet = $facet),
largest AS (SELECT place FROM placed GROUP BY place ORDER BY count(*) DESC, place LIMIT $places),
columns AS (
    SELECT practice, 'all' AS place FROM selected
    UNION ALL SELECT practice, place FROM placed SEMI JOIN largest USING (place)
    UNION ALL SELECT DISTINCT practice, 'others' FROM placed ANTI JOIN largest USING (place)
    UNION ALL SELECT practice, 'unknown' FROM selected ANTI JOIN placed USING (practice)
)
SELECT place, field, count(*) FILTER (is_known) AS known, count(*) AS total, known / total AS share
FROM (UNPIVOT facts ON COLUMNS(* EXCLUDE (practice)) INTO NAME field VALUE is_known) JOIN columns USING (practice)
GROUP BY place, field
ORDER BY array_position(['others', 'unknown'], place) NULLS FIRST, place <> 'all', total DESC, place, field;
