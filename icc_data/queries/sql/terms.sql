-- The terms of lists with the practices, cities and countries of the selection that have them, of all its practices. All
-- lists are counted in one pass.
WITH selected AS MATERIALIZED (
    SELECT {facet} AS facet, coalesce({sets}) AS terms, city_set, country_set, count(*) AS practices
    FROM practice WHERE {practices} GROUP BY GROUPING SETS ({grouped})
),
coded AS (SELECT facet, "set" AS terms, value AS code FROM facet_set WHERE facet = ANY($vocabularies)),
counted AS (
    SELECT facet, code, sum(practices)::BIGINT AS practices FROM selected JOIN coded USING (facet, terms) GROUP BY ALL
),
placed AS (
    SELECT laid.facet, code,
        count(DISTINCT value) FILTER (kind = 'city') AS cities, count(DISTINCT value) FILTER (kind = 'country') AS countries
    FROM (
        SELECT DISTINCT facet, terms, 'city' AS kind, city_set AS "set" FROM selected
        UNION ALL SELECT DISTINCT facet, terms, 'country', country_set FROM selected
    ) AS laid JOIN coded USING (facet, terms) JOIN facet_set ON facet_set.facet = kind AND facet_set."set" = laid."set"
    GROUP BY ALL
),
total AS (
    SELECT facet, sum(practices)::BIGINT AS "of", coalesce(sum(practices) FILTER (terms <> 0), 0)::BIGINT AS coded_practices
    FROM selected GROUP BY ALL
)
SELECT
    {named}code, "group", position,
    coalesce(practices, 0) AS practices, coalesce("of", 0) AS "of", coalesce(practices, 0) / "of" AS share,
    coalesce(cities, 0) AS cities, coalesce(countries, 0) AS countries, coalesce(coded_practices, 0) AS coded_practices
FROM (SELECT * RENAME (vocabulary AS facet) FROM term WHERE vocabulary = ANY($vocabularies))
LEFT JOIN counted USING (facet, code) LEFT JOIN placed USING (facet, code) LEFT JOIN total USING (facet)
ORDER BY practices DESC, position;
