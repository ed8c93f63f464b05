-- The year texts as published and what was read from each; what was not read comes first, what is certain last.
-- With $conflicts only those of which two texts contradict each other.
WITH texts AS (
    SELECT *,
        CASE
            WHEN certainty = 'unknown' THEN 'unread'
            WHEN start_year IS NULL THEN 'no_start'
            ELSE certainty
        END AS reading
    FROM practice WHERE when_text IS NOT NULL OR described_when IS NOT NULL
)
SELECT
    when_text, described_when, reading, form, start_year, end_year, ongoing, when_conflict, count(*) AS practices,
    string_agg(title, '; ' ORDER BY title) AS titles
FROM texts
WHERE CASE WHEN $conflicts THEN when_conflict ELSE $everything OR reading <> 'certain' END
GROUP BY when_text, described_when, reading, form, start_year, end_year, ongoing, when_conflict
ORDER BY array_position(['unread', 'no_start', 'likely', 'certain'], reading), practices DESC, when_text, described_when;
