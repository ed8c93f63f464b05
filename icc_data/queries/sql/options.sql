-- Every value that a facet can take, with its label, other names that are understood, and its practices.
WITH labelled AS (
    SELECT 'country' AS facet, slug AS value, coalesce(said, name) AS label, [code, name] AS names,
        row_number() OVER (ORDER BY coalesce(said, name) COLLATE {language}) AS position
    FROM country LEFT JOIN (SELECT unnest($codes) AS code, unnest($names) AS said) USING (code)
    UNION ALL
    SELECT 'city', city_id, name,
        list_concat([name, coalesce(local_name, name)], (SELECT list(alias) FROM city_alias WHERE city_alias.city = city.city)),
        row_number() OVER (ORDER BY name COLLATE {language})
    FROM city
    UNION ALL
    SELECT vocabulary, code, CASE $language WHEN 'fr' THEN coalesce(label_fr, label_en) ELSE label_en END, list_concat([label_en, label_fr], aliases), position
    FROM term
)
SELECT facet, value, label, names
FROM labelled
ORDER BY facet, position;
