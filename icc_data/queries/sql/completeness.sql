-- What is known of the practices of the selection, field by field, in each country or source kind: the places with most
-- practices, the others together, and those without. A practice with two countries counts in both. Practices in the same
-- places are counted together first.
WITH facts AS MATERIALIZED (
    SELECT
        {place}_set AS places,
        count(when_text) AS year_text,
        count(described_when) AS described_when,
        count(start_year) AS start_year,
        count_if(city_set <> 0) AS city,
        count_if(country_set <> 0) AS country,
        count(summary) AS summary,
        count_if(policy_area_set <> 0) AS policy_area,
        count_if(policy_area_coding = 'agreed') AS agreed,
        count_if(theme_set <> 0) AS theme,
        count_if(target_group_set <> 0) AS target_group,
        count_if(practice_type_set <> 0) AS practice_type,
        count_if(practice_area_set <> 0) AS practice_area,
        count_if(len(published_topics) > 0) AS published_topics,
        count_if(has_page) AS url,
        count_if(has_evidence) AS evidence,
        count(accessed) AS accessed,
        count_if(confidence = 'high') AS confidence,
        count(*) AS practices
    FROM practice WHERE {practices} GROUP BY places
),
placed AS (SELECT "set" AS places, value AS place FROM facet_set WHERE facet = $facet),
largest AS (
    SELECT place FROM facts JOIN placed USING (places) GROUP BY place ORDER BY sum(practices) DESC, place LIMIT $places
),
columns AS (
    SELECT places, 'all' AS place FROM facts
    UNION ALL SELECT places, place FROM placed SEMI JOIN largest USING (place)
    UNION ALL SELECT DISTINCT places, 'others' FROM placed ANTI JOIN largest USING (place)
    UNION ALL SELECT places, 'unknown' FROM facts WHERE places = 0
)
SELECT place, field, sum(of_these)::BIGINT AS known, sum(practices)::BIGINT AS total, known / total AS share
FROM (UNPIVOT facts ON COLUMNS(* EXCLUDE (places, practices)) INTO NAME field VALUE of_these) JOIN columns USING (places)
GROUP BY place, field
ORDER BY array_position(['others', 'unknown'], place) NULLS FIRST, place <> 'all', total DESC, place, field;
