-- Countries with at least 10 practices that somebody has coded. A gap says what the programme has published, not what a country does.
WITH coded AS (SELECT DISTINCT practice FROM practice_term WHERE vocabulary = 'policy_area'),
busy AS (SELECT country FROM practice_country SEMI JOIN coded USING (practice) GROUP BY country HAVING count(*) >= 10),
cell AS (
    SELECT country, code, count(*) AS practices
    FROM practice_country JOIN practice_term USING (practice) WHERE vocabulary = 'policy_area' GROUP BY ALL
)
SELECT country.name AS country, label_en AS policy_area, coalesce(practices, 0) AS practices
FROM busy
JOIN country USING (country)
CROSS JOIN (SELECT code, label_en, position FROM term WHERE vocabulary = 'policy_area') AS area
LEFT JOIN cell ON cell.country = busy.country AND cell.code = area.code
ORDER BY practices, country, position
