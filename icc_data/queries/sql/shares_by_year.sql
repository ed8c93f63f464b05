-- Practices with each value of a property among all practices that started in, or were active during, the same year
-- (and in the same country, with $by_country). A practice with two values counts once in each.
WITH selected AS (SELECT * FROM practice WHERE {practices} AND start_year IS NOT NULL),
split AS (
{shared split}
),
coded AS (SELECT practice, coalesce(code, 'unknown') AS code FROM selected LEFT JOIN split USING (practice)),
years AS (
    SELECT practice,
{shared years_counted}
    FROM selected
),
placed AS (
    SELECT practice, year, 'all' AS place FROM years WHERE NOT $by_country
    UNION ALL
    SELECT practice, year, slug FROM years JOIN practice_country USING (practice) JOIN country USING (country) WHERE $by_country
),
total AS (SELECT place, year, count(*) AS "of" FROM placed GROUP BY ALL),
counted AS (SELECT place, year, code, count(*) AS practices FROM placed JOIN coded USING (practice) GROUP BY ALL)
SELECT place, year, code, coalesce(practices, 0) AS practices, "of", coalesce(practices, 0) / "of" AS share
FROM total CROSS JOIN (SELECT DISTINCT code FROM coded) LEFT JOIN counted USING (place, year, code)
ORDER BY place, code, year;
