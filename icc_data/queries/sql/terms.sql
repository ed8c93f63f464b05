-- The terms of lists with the practices, cities and countries of the selection that have them, of all its practices. All
-- lists are counted in one pass, and the practices of a term beside its places: every count(DISTINCT) would take a hash
-- table of its own.
WITH selected AS MATERIALIZED (
    SELECT {facet} AS counted_by, coalesce({sets}) AS terms, city_set, country_set, count(*) AS practices
    FROM practice WHERE {practices} GROUP BY GROUPING SETS ({grouped})
),
held AS (
    SELECT facet AS counted_by, "set" AS terms, facet, value AS code FROM facet_set{served}
),
coded AS (
    SELECT facet, code, practices, unnest(['here', 'city', 'country']) AS kind, unnest([0, city_set, country_set]) AS "set"
    FROM selected JOIN held USING (counted_by, terms)
),
counted AS (
    SELECT facet, code, sum(practices) FILTER (kind = 'here')::BIGINT AS practices,
        count(value) FILTER (kind = 'city') AS cities, count(value) FILTER (kind = 'country') AS countries
    FROM (
        SELECT facet, code, kind, value, sum(practices) AS practices
        FROM coded LEFT JOIN (SELECT facet AS kind, "set", value FROM facet_set) USING (kind, "set") GROUP BY ALL
    )
    GROUP BY ALL
),
total AS (
    SELECT counted_by, sum(practices)::BIGINT AS "of", coalesce(sum(practices) FILTER (terms <> 0), 0)::BIGINT AS coded_practices
    FROM selected GROUP BY ALL
),
listed AS (
    SELECT vocabulary AS facet, code, "group", position,
        CASE vocabulary WHEN 'commitment' THEN 'policy_area' ELSE vocabulary END AS counted_by
    FROM term WHERE vocabulary = ANY($vocabularies)
)
SELECT
    {named}code, "group", position,
    coalesce(practices, 0) AS practices, coalesce("of", 0) AS "of", coalesce(practices, 0) / "of" AS share,
    coalesce(cities, 0) AS cities, coalesce(countries, 0) AS countries, coalesce(coded_practices, 0) AS coded_practices
FROM listed LEFT JOIN counted USING (facet, code) LEFT JOIN total USING (counted_by)
ORDER BY practices DESC, position;
