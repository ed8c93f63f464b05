-- The practices and cities of a scope in either of two versions: table and key. Each version is asked for itself: within a
-- facet the choices are joined by or, across facets by and; a city has to have a practice of the scope where {narrowed}.
WITH held AS MATERIALIZED (
    SELECT 'before' AS side, tbl, key, field, "before" AS value FROM cell
    WHERE tbl IN ('practices', 'cities') AND field = ANY($fields) AND "before" IS NOT NULL
    UNION ALL
    SELECT 'after', tbl, key, field, "after" FROM cell
    WHERE tbl IN ('practices', 'cities') AND field = ANY($fields) AND "after" IS NOT NULL
),
listed AS MATERIALIZED (SELECT side, tbl, key, field, unnest(string_split(value, '; ')) AS value FROM held),
network AS (SELECT side, key AS city_id, value AS code FROM listed WHERE tbl = 'cities' AND field = 'networks'),
work AS (SELECT side, key, value AS city_id FROM listed WHERE tbl = 'practices' AND field = 'city_ids'),
practice AS (SELECT side, key FROM held WHERE tbl = 'practices' AND field = 'practice_id' AND {practices}),
city AS (
    SELECT side, key FROM held
    WHERE tbl = 'cities' AND field = 'city_id' AND {cities}
        AND (NOT {narrowed} OR (side, key) IN (SELECT (side, city_id) FROM work SEMI JOIN practice USING (side, key)))
)
SELECT DISTINCT 'practices' AS tbl, key FROM practice UNION ALL SELECT DISTINCT 'cities', key FROM city;
