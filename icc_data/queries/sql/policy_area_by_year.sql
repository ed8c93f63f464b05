-- Practices of one policy area by year beside all practices of the selection, and how many of the area there would be
-- if its share were the same every year. Of the practices, those known to run and those said to go on add up to all;
-- bare ones have a year alone as published. Practices of the same years are counted together first.
WITH selected AS (
    SELECT start_year, known_until, last_active_year, form = 'year' AS bare,
        policy_area_set IN (SELECT "set" FROM facet_set WHERE facet = 'policy_area' AND value = $area) AS of_area,
        count(*) AS practices
    FROM practice WHERE {practices} AND start_year IS NOT NULL GROUP BY ALL
),
years AS (
    SELECT practices, bare, known_until, of_area,
{shared years_counted}
    FROM selected
),
span AS (SELECT unnest(generate_series(min(year), max(year)))::SMALLINT AS year FROM years),
counted AS (
    SELECT
        year,
        coalesce(sum(practices) FILTER (of_area), 0)::BIGINT AS practices,
        coalesce(sum(practices), 0)::BIGINT AS all_practices,
        coalesce(sum(practices) FILTER (of_area AND year <= known_until), 0)::BIGINT AS known,
        coalesce(sum(practices) FILTER (of_area AND year > known_until), 0)::BIGINT AS said,
        coalesce(sum(practices) FILTER (of_area AND bare), 0)::BIGINT AS bare,
        coalesce(sum(practices) FILTER (year <= known_until), 0)::BIGINT AS all_known
    FROM span LEFT JOIN years USING (year) GROUP BY year
)
SELECT
    year, practices, all_practices, all_practices * sum(practices) OVER () / sum(all_practices) OVER () AS expected,
    known, said, bare, all_known
FROM counted ORDER BY year;
