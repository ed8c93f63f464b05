-- The year texts as published and what was read from each; what was not read comes first, what is certain last.
WITH texts AS (
    SELECT *,
        CASE
            WHEN certainty = 'unknown' THEN 'unread'
            WHEN start_year IS NULL THEN 'no_start'
            ELSE certainty
        END AS reading
    FROM practice WHERE when_text IS NOT NULL
)
SELECT
    when_text, reading, start_year, end_year, ongoing, count(*) AS practices,
    string_agg(title, '; ' ORDER BY title) AS titles
FROM texts
WHERE $everything OR reading <> 'certain'
GROUP BY when_text, reading, start_year, end_year, ongoing
ORDER BY array_position(['unread', 'no_start', 'likely', 'certain'], reading), practices DESC, when_text;
