FROM practice
JOIN practice_term USING (practice)
JOIN term USING (vocabulary, code)
SELECT title, city_names, list(label_en ORDER BY position) AS policy_areas, summary
WHERE policy_area_coding = 'disputed' AND vocabulary = 'policy_area'
GROUP BY ALL
ORDER BY title
