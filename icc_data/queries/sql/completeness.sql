-- What is known of the practices of the selection, field by field, in each country or source kind: the places with most
-- practices, the others together, and those without. A practice with two countries counts in both. Practices of which the
-- same is known in the same places are counted together first.
WITH facts AS MATERIALIZED (
    SELECT
        {place}_set AS places,
        when_text IS NOT NULL AS year_text,
        described_when IS NOT NULL AS described_when,
        start_year IS NOT NULL AS start_year,
        city_set <> 0 AS city,
        country_set <> 0 AS country,
        summary IS NOT NULL AS summary,
        policy_area_set <> 0 AS policy_area,
        coalesce(policy_area_coding = 'agreed', false) AS agreed,
        theme_set <> 0 AS theme,
        target_group_set <> 0 AS target_group,
        practice_type_set <> 0 AS practice_type,
        practice_area_set <> 0 AS practice_area,
        coalesce(len(published_topics) > 0, false) AS published_topics,
        url IS NOT NULL AS url,
        coalesce(len(evidence_urls) > 0, false) AS evidence,
        accessed IS NOT NULL AS accessed,
        coalesce(confidence = 'high', false) AS confidence,
        count(*) AS practices
    FROM practice WHERE {practices} GROUP BY ALL
),
placed AS (SELECT "set" AS places, value AS place FROM facet_set WHERE facet = $facet),
largest AS (
    SELECT place FROM facts JOIN placed USING (places) GROUP BY place ORDER BY sum(practices) DESC, place LIMIT $places
),
columns AS (
    SELECT DISTINCT places, 'all' AS place FROM facts
    UNION ALL SELECT places, place FROM placed SEMI JOIN largest USING (place)
    UNION ALL SELECT DISTINCT places, 'others' FROM placed ANTI JOIN largest USING (place)
    UNION ALL SELECT DISTINCT places, 'unknown' FROM facts WHERE places = 0
)
SELECT place, field, coalesce(sum(practices) FILTER (is_known), 0)::BIGINT AS known, sum(practices)::BIGINT AS total,
    known / total AS share
FROM (UNPIVOT facts ON COLUMNS(* EXCLUDE (places, practices)) INTO NAME field VALUE is_known) JOIN columns USING (places)
GROUP BY place, field
ORDER BY array_position(['others', 'unknown'], place) NULLS FIRST, place <> 'all', total DESC, place, field;
