-- Averages and quartiles of the Index scores of an edition and policy area, over all cities of the selection or by class; none over few cities.
WITH selected AS (SELECT city_set FROM practice WHERE {practices}),
classed AS (
    SELECT
        city,
        len(list_filter($sizes, lambda bound: bound <= coalesce(population, settlement_population))) AS size_class,
        len(list_filter($shares, lambda bound: bound <= coalesce(foreign_born_pct, foreign_nationals_pct))) AS share_class,
        foreign_born_pct IS NULL AS of_nationals
    FROM city WHERE {cities}
),
placed AS (
    SELECT
        year, policy_area, score,
        CASE WHEN $by IN ('size', 'class') AND coalesce(population, settlement_population) IS NOT NULL THEN size_class END AS size_class,
        CASE WHEN $by IN ('share', 'class') AND coalesce(foreign_born_pct, foreign_nationals_pct) IS NOT NULL THEN share_class END AS share_class,
        CASE WHEN $by IN ('share', 'class') AND coalesce(foreign_born_pct, foreign_nationals_pct) IS NOT NULL THEN of_nationals END AS of_nationals
    FROM index_score JOIN classed USING (city) JOIN city USING (city)
    WHERE score IS NOT NULL AND year IS NOT NULL
)
SELECT
    year, policy_area, size_class, share_class, of_nationals, count(*) AS cities,
    CASE WHEN count(*) >= $fewest THEN avg(score) END AS average,
    CASE WHEN count(*) >= $fewest THEN quantile_cont(score, 0.25) END AS q1,
    CASE WHEN count(*) >= $fewest THEN quantile_cont(score, 0.5) END AS median,
    CASE WHEN count(*) >= $fewest THEN quantile_cont(score, 0.75) END AS q3
FROM placed LEFT JOIN term ON vocabulary = 'policy_area' AND code = policy_area
GROUP BY year, policy_area, position, size_class, share_class, of_nationals
ORDER BY year DESC, position NULLS FIRST, size_class, of_nationals, share_class;
