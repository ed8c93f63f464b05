-- Practices with each value of a property among all practices that started in, or were active during, the same year
-- (and, where asked for, in the same country or network). A practice with two values counts once in each. Practices of the same
-- years, values and places are counted together first. Where asked for, several years are one period, which bears its
-- last year, and the year of the data ends one.
WITH selected AS MATERIALIZED (
    SELECT start_year, known_until, last_active_year, {places} AS places,
    {split_set} AS "set",
        count(*) AS practices
    FROM practice WHERE {practices} AND start_year IS NOT NULL GROUP BY ALL
),
split AS (
    {split}
),
years AS (
    {years}
),
placed AS (
    {placed}
),
total AS (SELECT place, year, sum(practices)::BIGINT AS "of" FROM placed GROUP BY ALL),
counted AS (
    SELECT place, year, coalesce(code, 'unknown') AS code, sum(practices)::BIGINT AS practices
    FROM placed LEFT JOIN split USING ("set") GROUP BY ALL
),
codes AS (SELECT DISTINCT coalesce(code, 'unknown') AS code FROM selected LEFT JOIN split USING ("set"))
SELECT place, {first_year}year, code, coalesce(practices, 0) AS practices, "of", coalesce(practices, 0) / "of" AS share
FROM total CROSS JOIN codes LEFT JOIN counted USING (place, year, code)
ORDER BY place, code, year;
