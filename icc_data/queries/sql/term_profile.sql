-- The terms of a list among one city's practices, beside all practices of the network.
WITH own AS (SELECT practice FROM practice_city JOIN city USING (city) WHERE city_id = $city_id),
coded AS (SELECT DISTINCT practice, code FROM practice_term WHERE vocabulary = $vocabulary),
counted AS (
    SELECT code, count(*) AS network_practices, count(*) FILTER (practice IN (SELECT practice FROM own)) AS practices
    FROM coded GROUP BY code
),
spread AS (SELECT code, count(DISTINCT city) AS cities FROM coded JOIN practice_city USING (practice) GROUP BY code),
whole AS (SELECT (SELECT count(*) FROM own) AS own, (SELECT count(DISTINCT practice) FROM coded SEMI JOIN own USING (practice)) AS coded_practices, (SELECT count(*) FROM practice) AS everything)
SELECT
    term.code, "group", position, coalesce(practices, 0) AS practices, own AS city_practices, coded_practices,
    coalesce(practices, 0) / nullif(own, 0) AS share,
    coalesce(network_practices, 0) AS network_practices, coalesce(network_practices, 0) / everything AS network_share,
    everything AS all_practices,
    coalesce(cities, 0) AS cities,
    (coalesce(practices, 0) / nullif(own, 0)) / nullif(network_practices / everything, 0) AS lift
FROM term LEFT JOIN counted USING (code) LEFT JOIN spread USING (code) CROSS JOIN whole
WHERE vocabulary = $vocabulary
ORDER BY position;
