-- The practices that hold what was typed, by their numbers.
SELECT practice FROM practice WHERE {practices} ORDER BY practice LIMIT $most;
