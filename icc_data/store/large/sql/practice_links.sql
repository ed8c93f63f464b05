INSERT INTO practice_city
    SELECT number, city
    FROM (
        SELECT number, unnest(parts) AS city_id, generate_subscripts(parts, 1) AS place
        FROM (SELECT number, string_split(city_ids, '; ') AS parts FROM practices_read WHERE city_ids IS NOT NULL)
    )
    JOIN city USING (city_id)
    ORDER BY number, place;

INSERT INTO practice_country
    SELECT number, country
    FROM (
        SELECT number, unnest(parts) AS name, generate_subscripts(parts, 1) AS place
        FROM (SELECT number, string_split(countries, '; ') AS parts FROM practices_read WHERE countries IS NOT NULL)
    )
    JOIN country USING (name)
    ORDER BY number, place;

INSERT INTO practice_term
    SELECT number, vocabulary, code, 'assigned'
    FROM (
        SELECT number, list, vocabulary, unnest(parts) AS code, generate_subscripts(parts, 1) AS place
        FROM (
            SELECT number, 1 AS list, 'policy_area' AS vocabulary, string_split(policy_areas, '; ') AS parts
            FROM practices_read WHERE policy_areas IS NOT NULL
            UNION ALL
            SELECT number, 2, 'theme', string_split(themes, '; ') FROM practices_read WHERE themes IS NOT NULL
            UNION ALL
            SELECT number, 3, 'target_group', string_split(target_groups, '; ')
            FROM practices_read WHERE target_groups IS NOT NULL
            UNION ALL
            SELECT number, 4, 'practice_type', string_split(practice_types, '; ')
            FROM practices_read WHERE practice_types IS NOT NULL
            UNION ALL
            SELECT number, 5, 'practice_area', string_split(practice_areas, '; ')
            FROM practices_read WHERE practice_areas IS NOT NULL
        )
    )
    ORDER BY number, list, place;

INSERT INTO coding
    SELECT practice, reader::UTINYINT, if(policy_areas IS NULL, [], string_split(policy_areas, '; '))
    FROM policy_area_codings_read JOIN practice USING (practice_id)
    ORDER BY policy_area_codings_read.number;
