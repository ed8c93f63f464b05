-- Every published Index result of a city and every report known to exist, an edition a row and policy area.
SELECT year, policy_area, score, rank, cities_compared::VARCHAR AS cities_compared,
    quoted_in_other_report IS NOT NULL AS quoted, evidence_url, index_score.note, false AS report_only
FROM index_score JOIN city USING (city) WHERE city_id = $city_id
UNION ALL
SELECT year, NULL, NULL, NULL, index_report.cities_compared, false, evidence_url, NULL, true
FROM index_report JOIN city USING (city)
WHERE city_id = $city_id AND NOT EXISTS (
    SELECT 1 FROM index_score WHERE index_score.city = index_report.city AND index_score.year IS NOT DISTINCT FROM index_report.year
)
ORDER BY year NULLS LAST, policy_area;
