-- The practices of either selection, and of which.
one AS (SELECT practice FROM practice WHERE {practices}),
other AS (SELECT practice FROM practice WHERE {others}),
sides AS MATERIALIZED (
    SELECT practice, one.practice IS NOT NULL AS in_one, other.practice IS NOT NULL AS in_other FROM one FULL JOIN other USING (practice)
)
