-- Lift: the share of an area among the country's practices over its share among all practices; 2 is twice as common.
-- Countries with fewer than 10 practices and cells with fewer than 3 are left out, and so are practices that nobody has
-- coded yet.
WITH area AS (SELECT practice, code FROM practice_term WHERE vocabulary = 'policy_area'),
network AS (SELECT code, count(*) / (SELECT count(DISTINCT practice) FROM area) AS share FROM area GROUP BY code),
total AS (
    SELECT country, count(*) AS practices
    FROM practice_country SEMI JOIN area USING (practice) GROUP BY country HAVING practices >= 10
),
cell AS (
    SELECT country, code, count(*) AS practices
    FROM practice_country JOIN area USING (practice) GROUP BY ALL HAVING practices >= 3
)
SELECT
    country.name AS country, label_en AS policy_area, cell.practices,
    round(cell.practices / total.practices, 3) AS share,
    round(cell.practices / total.practices / network.share, 2) AS lift
FROM cell
JOIN total USING (country)
JOIN network USING (code)
JOIN country USING (country)
JOIN term ON term.vocabulary = 'policy_area' AND term.code = cell.code
ORDER BY lift DESC, practices DESC
LIMIT 40
