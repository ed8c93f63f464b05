-- Each practice of the selection with each policy area that each of the two readers gave it.
WITH selected AS (SELECT practice, practice_id FROM practice WHERE {practices})
SELECT practice_id, reader, unnest(policy_areas) AS policy_area
FROM selected JOIN coding USING (practice)
ORDER BY practice_id, reader, policy_area;
