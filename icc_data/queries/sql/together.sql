-- Which policy areas go with which areas or themes: practices that have both, and the lift over chance.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
total AS (SELECT count(*) AS n FROM selected),
a AS (SELECT practice, code FROM practice_term SEMI JOIN selected USING (practice) WHERE vocabulary = 'policy_area'),
b AS (SELECT practice, code FROM practice_term SEMI JOIN selected USING (practice) WHERE vocabulary = $vocabulary),
a_total AS (SELECT code, count(*) AS n FROM a GROUP BY ALL),
b_total AS (SELECT code, count(*) AS n FROM b GROUP BY ALL)
SELECT
    a.code AS policy_area, b.code AS other, count(*) AS practices,
    any_value(a_total.n) AS policy_area_practices, any_value(b_total.n) AS other_practices,
    count(*) * any_value(total.n) / (any_value(a_total.n) * any_value(b_total.n)) AS lift
FROM a JOIN b USING (practice)
JOIN a_total ON a_total.code = a.code JOIN b_total ON b_total.code = b.code CROSS JOIN total
WHERE $vocabulary <> 'policy_area' OR a.code <> b.code
GROUP BY ALL ORDER BY practices DESC, policy_area, other;
