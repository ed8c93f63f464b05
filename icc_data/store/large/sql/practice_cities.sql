SELECT practice_id, city_id
FROM (SELECT practice_id, unnest(string_split(city_ids, '; ')) AS city_id FROM practices_read)
ORDER BY practice_id, city_id
