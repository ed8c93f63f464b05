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

-- Practices are put in order before they are taken apart, as there are fewer of them: what is taken apart keeps its order.
INSERT INTO practice_term
    SELECT number, vocabulary, unnest(parts), 'assigned'
    FROM (
        SELECT
            number, unnest(['policy_area', 'theme', 'target_group', 'practice_type', 'practice_area']) AS vocabulary,
            unnest([
                string_split(policy_areas, '; '), string_split(themes, '; '), string_split(target_groups, '; '),
                string_split(practice_types, '; '), string_split(practice_areas, '; ')
            ]) AS parts
        FROM (FROM practices_read ORDER BY number)
    );

INSERT INTO coding
    SELECT practice, reader::UTINYINT, if(policy_areas IS NULL, [], string_split(policy_areas, '; '))
    FROM policy_area_codings_read JOIN practice USING (practice_id)
    ORDER BY policy_area_codings_read.number;
