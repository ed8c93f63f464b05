-- Practices of two selections started in, or active during, each year, of all practices with a start year that each selection
-- holds; both_ is what both hold. Years are not cut to those that a selection chooses, so that both stand on one axis.
WITH {shared sides},
spans AS MATERIALIZED (
    SELECT in_one, in_other, start_year, known_until, last_active_year, count(*) AS practices
    FROM sides JOIN practice USING (practice) WHERE start_year IS NOT NULL GROUP BY ALL
),
years AS (
    SELECT in_one, in_other, practices,
        unnest(CASE
            WHEN $active THEN generate_series(start_year, least(CASE WHEN $said THEN last_active_year ELSE known_until END, $as_of))
            ELSE [start_year]
        END)::SMALLINT AS year
    FROM spans
),
axis AS (SELECT unnest(generate_series(min(year), max(year)))::SMALLINT AS year FROM years),
total AS (
    SELECT
        coalesce(sum(practices) FILTER (in_one), 0) AS "of", coalesce(sum(practices) FILTER (in_other), 0) AS other_of, coalesce(sum(practices) FILTER (in_one AND in_other), 0) AS both_of
    FROM spans
),
counted AS (
    SELECT year,
        coalesce(sum(practices) FILTER (in_one), 0) AS practices, coalesce(sum(practices) FILTER (in_other), 0) AS other_practices, coalesce(sum(practices) FILTER (in_one AND in_other), 0) AS both_practices
    FROM axis LEFT JOIN years USING (year) GROUP BY year
)
SELECT
    year,
    practices::BIGINT AS practices, "of"::BIGINT AS "of", practices / nullif("of", 0) AS share,
    other_practices::BIGINT AS other_practices, other_of::BIGINT AS other_of, other_practices / nullif(other_of, 0) AS other_share,
    both_practices::BIGINT AS both_practices, both_of::BIGINT AS both_of
FROM counted CROSS JOIN total
ORDER BY year;
