-- The terms of one list with the practices, cities and countries of the selection that have them, of all its practices.
WITH selected AS MATERIALIZED (
    SELECT {terms} AS terms, city_set, country_set, count(*) AS practices FROM practice WHERE {practices} GROUP BY ALL
),
coded AS (SELECT "set" AS terms, value AS code FROM facet_set WHERE facet = $vocabulary),
counted AS (SELECT code, sum(practices)::BIGINT AS practices FROM selected JOIN coded USING (terms) GROUP BY code),
placed AS (
    SELECT code, count(DISTINCT value) FILTER (facet = 'city') AS cities, count(DISTINCT value) FILTER (facet = 'country') AS countries
    FROM (
        SELECT DISTINCT terms, 'city' AS facet, city_set AS "set" FROM selected
        UNION ALL SELECT DISTINCT terms, 'country', country_set FROM selected
    ) JOIN coded USING (terms) JOIN facet_set USING (facet, "set")
    GROUP BY code
),
total AS (
    SELECT coalesce(sum(practices), 0)::BIGINT AS "of", coalesce(sum(practices) FILTER (terms <> 0), 0)::BIGINT AS coded_practices
    FROM selected
)
SELECT
    code, "group", position,
    coalesce(practices, 0) AS practices, "of", coalesce(practices, 0) / nullif("of", 0) AS share,
    coalesce(cities, 0) AS cities, coalesce(countries, 0) AS countries, coded_practices
FROM term LEFT JOIN counted USING (code) LEFT JOIN placed USING (code) CROSS JOIN total
WHERE vocabulary = $vocabulary
ORDER BY practices DESC, position;
