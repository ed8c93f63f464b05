-- One line a practice from its start to the last year known (known_until) and the last said (last_active_year), a page
-- at a time. Its first policy area is that of its set of areas, of which there are few.
WITH page AS MATERIALIZED (
    SELECT practice FROM practice WHERE {practices} AND start_year IS NOT NULL
    ORDER BY start_year, last_active_year, title, practice_id LIMIT $limit OFFSET $offset
),
area AS (
    SELECT "set" AS policy_area_set, arg_min(code, position) AS policy_area, arg_min("group", position) AS commitment
    FROM facet_set JOIN term ON vocabulary = facet AND code = value WHERE facet = 'policy_area' GROUP BY "set"
)
SELECT practice_id, title, city_names, country_names, when_text, described_when, start_year, end_year, ongoing, certainty, form,
    known_until, last_active_year, policy_area, commitment
FROM practice SEMI JOIN page USING (practice) LEFT JOIN area USING (policy_area_set)
ORDER BY start_year, last_active_year, title, practice_id;
