-- Practices with each value of a property among all practices that started in, or were active during, the same year
-- (and in the same country or network, by $per). A practice with two values counts once in each. Practices of the same
-- years, values and places are counted together first.
WITH selected AS MATERIALIZED (
    SELECT start_year, known_until, last_active_year, CASE $per WHEN 'country' THEN country_set WHEN 'network' THEN network_set ELSE 0 END AS places,
{shared split_set},
        count(*) AS practices
    FROM practice WHERE {practices} AND start_year IS NOT NULL GROUP BY ALL
),
split AS (
{shared split}
),
years AS (
    SELECT "set", places, practices,
{shared years_counted}
    FROM selected
),
placed AS (
    SELECT "set", year, practices, 'all' AS place FROM years WHERE $per = 'all'
    UNION ALL
    SELECT years."set", year, practices, value FROM years JOIN facet_set ON facet = $per AND facet_set."set" = places
),
total AS (SELECT place, year, sum(practices)::BIGINT AS "of" FROM placed GROUP BY ALL),
counted AS (
    SELECT place, year, coalesce(code, 'unknown') AS code, sum(practices)::BIGINT AS practices
    FROM placed LEFT JOIN split USING ("set") GROUP BY ALL
),
codes AS (SELECT DISTINCT coalesce(code, 'unknown') AS code FROM selected LEFT JOIN split USING ("set"))
SELECT place, year, code, coalesce(practices, 0) AS practices, "of", coalesce(practices, 0) / "of" AS share
FROM total CROSS JOIN codes LEFT JOIN counted USING (place, year, code)
ORDER BY place, code, year;
