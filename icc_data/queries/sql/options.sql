-- Every value that a facet can take, with its label, other names that are understood, and its practices.
WITH labelled AS (
    SELECT 'country' AS facet, slug AS value, name AS label, [code, name] AS names, row_number() OVER (ORDER BY name) AS position
    FROM country
    UNION ALL
    SELECT 'city', city_id, name,
        list_concat([name, coalesce(local_name, name)], (SELECT list(alias) FROM city_alias WHERE city_alias.city = city.city)),
        row_number() OVER (ORDER BY name)
    FROM city
    UNION ALL
    SELECT vocabulary, code, CASE $language WHEN 'fr' THEN coalesce(label_fr, label_en) ELSE label_en END, [label_en, label_fr], position
    FROM term
)
SELECT facet, value, label, names
FROM labelled
ORDER BY facet, position;
