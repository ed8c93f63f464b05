-- One line a practice from its start to the last year known (known_until) and the last said (last_active_year), a page
-- at a time.
WITH page AS MATERIALIZED (
    SELECT practice FROM practice WHERE {practices} AND start_year IS NOT NULL
    ORDER BY start_year, last_active_year, title, practice_id LIMIT $limit OFFSET $offset
),
area AS (
    SELECT practice, arg_min(code, position) AS policy_area, arg_min("group", position) AS commitment
    FROM practice_term SEMI JOIN page USING (practice) JOIN term USING (vocabulary, code) WHERE vocabulary = 'policy_area' GROUP BY practice
)
SELECT practice_id, title, city_names, country_names, when_text, described_when, start_year, end_year, ongoing, certainty, form,
    known_until, last_active_year, policy_area, commitment
FROM practice SEMI JOIN page USING (practice) LEFT JOIN area USING (practice)
ORDER BY start_year, last_active_year, title, practice_id;
