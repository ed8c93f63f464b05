-- What the practices of a page are about, in the order of the lists: of each set of terms, of which there are few.
coded AS (
    SELECT practice, list(code ORDER BY position) FILTER (vocabulary = 'policy_area') AS policy_areas,
        list(code ORDER BY position) FILTER (vocabulary = 'theme') AS themes
    FROM (
        SELECT practice, unnest(['policy_area', 'theme']) AS facet, unnest([policy_area_set, theme_set]) AS "set"
        FROM practice SEMI JOIN page USING (practice)
    )
    JOIN facet_set USING (facet, "set") JOIN term ON vocabulary = facet AND code = value
    GROUP BY practice
)
