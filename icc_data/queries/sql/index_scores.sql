-- Every published result of the cities of the selection, by edition, city and policy area.
WITH selected AS (SELECT city_set FROM practice WHERE {practices}),
selected_city AS (SELECT city, city_id, name, country FROM city WHERE {cities})
SELECT
    city_id, selected_city.name, country.name AS country, year, policy_area, score, rank, cities_compared,
    quoted_in_other_report IS NOT NULL AS quoted, evidence_url, index_score.note
FROM index_score
JOIN selected_city USING (city)
JOIN country USING (country)
ORDER BY year DESC NULLS LAST, city_id, policy_area;
