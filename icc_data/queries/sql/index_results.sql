-- Every published Index score, edition by edition.
SELECT city_id, city.name, year, policy_area, score, rank, cities_compared, quoted_in_other_report IS NOT NULL AS quoted, evidence_url
FROM index_score JOIN city USING (city)
WHERE score IS NOT NULL
ORDER BY city_id, year, policy_area;
