-- The terms of lists with the practices, cities and countries of the selection that have them, of all its practices. All
-- lists are counted in one pass.
WITH selected AS MATERIALIZED (
    SELECT {facet} AS facet, coalesce({sets}) AS terms, city_set, country_set, count(*) AS practices
    FROM practice WHERE {practices} GROUP BY GROUPING SETS ({grouped})
),
coded AS MATERIALIZED (
    SELECT facet, value AS code, city_set, country_set, sum(practices) AS practices
    FROM selected JOIN (SELECT facet, "set" AS terms, value FROM facet_set) USING (facet, terms) GROUP BY ALL
),
counted AS (SELECT facet, code, sum(practices)::BIGINT AS practices FROM coded GROUP BY ALL),
placed AS (
    SELECT coded.facet, code, count(DISTINCT place.value) AS cities, count(DISTINCT land.value) AS countries
    FROM coded
    LEFT JOIN facet_set AS place ON place.facet = 'city' AND place."set" = city_set
    LEFT JOIN facet_set AS land ON land.facet = 'country' AND land."set" = country_set
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
