-- The practices of some cities, '' for none, with their titles as published: what was sent in is compared with them. They come
-- in the order of the data files.
WITH meant AS (
    SELECT practice FROM practice_city JOIN city USING (city) WHERE city_id IN (SELECT unnest($city_ids::VARCHAR[]))
    UNION
    SELECT practice FROM practice WHERE city_set = 0 AND list_contains($city_ids::VARCHAR[], '')
),
places AS (
    SELECT practice, list(city_id ORDER BY city_id) AS city_ids
    FROM practice_city SEMI JOIN meant USING (practice) JOIN city USING (city) GROUP BY practice
),
named AS (SELECT practice, published FROM amendment WHERE field = 'title' AND practice IS NOT NULL),
named_originally AS (
    SELECT practice, published, true AS amended FROM amendment WHERE field = 'title_original' AND practice IS NOT NULL
)
SELECT
    practice_id, coalesce(named.published, title) AS title,
    if(named_originally.amended, named_originally.published, title_original) AS title_original,
    coalesce(city_ids, []) AS city_ids
FROM practice SEMI JOIN meant USING (practice)
LEFT JOIN places USING (practice) LEFT JOIN named USING (practice) LEFT JOIN named_originally USING (practice)
ORDER BY practice;
