-- Every edition of the Index in which a city of the selection has a result or a report: overall score, rank, cities compared, areas with a score.
WITH selected AS (SELECT city_set FROM practice WHERE {practices}),
selected_city AS (SELECT city, city_id, name, country FROM city WHERE {cities}),
result AS (
    SELECT
        city, year,
        max(score) FILTER (policy_area = 'overall') AS score,
        max(rank) FILTER (policy_area = 'overall') AS rank,
        max(cities_compared) AS cities_compared,
        count(score) FILTER (policy_area <> 'overall') AS areas,
        bool_or(quoted_in_other_report IS NOT NULL) AS quoted,
        arg_min(evidence_url, policy_area <> 'overall') AS evidence_url
    FROM index_score GROUP BY ALL
),
report AS (
    SELECT city, year, max(cities_compared) AS cities_compared, min(evidence_url) AS report_url, count(*) AS reports
    FROM index_report GROUP BY ALL
)
SELECT
    city_id, selected_city.name, country.name AS country, coalesce(result.year, report.year) AS year,
    score, rank, coalesce(result.cities_compared::VARCHAR, report.cities_compared) AS cities_compared,
    coalesce(areas, 0) AS areas, coalesce(quoted, false) AS quoted, evidence_url,
    coalesce(reports, 0) AS reports, report_url
FROM result
FULL JOIN report ON result.city = report.city AND result.year IS NOT DISTINCT FROM report.year
JOIN selected_city ON selected_city.city = coalesce(result.city, report.city)
JOIN country USING (country)
ORDER BY coalesce(result.year, report.year) DESC NULLS LAST, score DESC NULLS LAST, rank NULLS LAST, city_id;
