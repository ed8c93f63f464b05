-- Lift: practices with both themes over those expected if the two were independent (Brin, Motwani and Silverstein
-- 1997); 1 is chance. Pairs on fewer than 3 practices are left out.
WITH theme AS (SELECT practice, code FROM practice_term WHERE vocabulary = 'theme'),
total AS (SELECT code, count(*) AS practices FROM theme GROUP BY code)
SELECT
    one.label_en AS theme, other.label_en AS other_theme, count(*) AS practices,
    round(count(*) * (SELECT count(*) FROM practice) / any_value(a_total.practices * b_total.practices), 2) AS lift
FROM theme AS a
JOIN theme AS b ON a.practice = b.practice AND a.code < b.code
JOIN total AS a_total ON a_total.code = a.code
JOIN total AS b_total ON b_total.code = b.code
JOIN term AS one ON one.vocabulary = 'theme' AND one.code = a.code
JOIN term AS other ON other.vocabulary = 'theme' AND other.code = b.code
GROUP BY one.label_en, other.label_en
HAVING count(*) >= 3
ORDER BY lift DESC, practices DESC
