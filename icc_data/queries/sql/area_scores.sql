-- The newest published score of a city in each policy area, with its edition.
SELECT policy_area, arg_max(score, coalesce(year, 0)) AS score, nullif(max(coalesce(year, 0)), 0) AS year
FROM index_score JOIN city USING (city)
WHERE city_id = $city_id AND policy_area <> 'overall' AND score IS NOT NULL
GROUP BY policy_area
ORDER BY policy_area;
