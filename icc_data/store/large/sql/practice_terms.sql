SELECT practice_id, vocabulary, code
FROM (
    SELECT practice_id, vocabulary, unnest(codes) AS code
    FROM (
        SELECT
            practice_id,
            unnest(['policy_area', 'theme', 'target_group', 'practice_type', 'practice_area']) AS vocabulary,
            unnest([
                string_split(policy_areas, '; '), string_split(themes, '; '), string_split(target_groups, '; '),
                string_split(practice_types, '; '), string_split(practice_areas, '; ')
            ]) AS codes
        FROM practices_read
    )
)
JOIN term_place USING (vocabulary, code)
ORDER BY practice_id, vocabulary, place
