-- What is known of the cities of the selection, field by field, in each country or network: the places with most
-- cities, the others together, and those without. A city of two networks counts in both.
WITH selected AS (SELECT city_set FROM practice WHERE {practices}),
selected_city AS (SELECT * FROM city WHERE {cities}),
facts AS (
    SELECT
        city,
        latitude IS NOT NULL AS coordinates,
        coalesce(status <> 'unknown', false) AS status,
        joined_year IS NOT NULL AS joined_year,
        city IN (SELECT city FROM city_network) AS network,
        city IN (SELECT city FROM practice_city) AS practice,
        population IS NOT NULL AS population,
        settlement_population IS NOT NULL AS settlement_population,
        foreign_born_pct IS NOT NULL AS foreign_born,
        coalesce(foreign_born_pct, foreign_nationals_pct, foreign_background_pct) IS NOT NULL AS diversity,
        strategy_year IS NOT NULL AS strategy_year,
        city IN (SELECT city FROM index_score WHERE policy_area = 'overall' AND score IS NOT NULL) AS index_score,
        city IN (SELECT city FROM index_report) AS index_report,
        profile_url IS NOT NULL AS profile,
        coalesce(len(evidence_urls) > 0, false) AS evidence
    FROM selected_city
),
placed AS (SELECT city, value AS place FROM city_facet SEMI JOIN selected_city USING (city) WHERE facet = $facet),
largest AS (SELECT place FROM placed GROUP BY place ORDER BY count(*) DESC, place LIMIT $places),
columns AS (
    SELECT city, 'all' AS place FROM selected_city
    UNION ALL SELECT city, place FROM placed SEMI JOIN largest USING (place)
    UNION ALL SELECT DISTINCT city, 'others' FROM placed ANTI JOIN largest USING (place)
    UNION ALL SELECT city, 'unknown' FROM selected_city ANTI JOIN placed USING (city)
)
SELECT place, field, count(*) FILTER (is_known) AS known, count(*) AS total, known / total AS share
FROM (UNPIVOT facts ON COLUMNS(* EXCLUDE (city)) INTO NAME field VALUE is_known) JOIN columns USING (city)
GROUP BY place, field
ORDER BY array_position(['others', 'unknown'], place) NULLS FIRST, place <> 'all', total DESC, place, field;
