-- Whether a practice goes on is known where its year text says so, or names an end. A bare year is that year alone.
-- Practices that nobody has coded yet are in no area.
SELECT
    label_en AS policy_area,
    count(*) AS practices,
    count(ongoing) AS known,
    count(*) FILTER (ongoing) AS ongoing_practices,
    round(ongoing_practices / known, 2) AS share_ongoing,
    max(last_active_year - start_year + 1) AS longest_years
FROM practice
JOIN practice_term USING (practice)
JOIN term USING (vocabulary, code)
WHERE vocabulary = 'policy_area'
GROUP BY label_en
ORDER BY share_ongoing DESC, practices DESC
