-- How the year texts and descriptions of all practices were read; certain, likely, no_start, unread and without_text add up to all.
SELECT
    count(*) AS practices,
    count(*) FILTER (certainty = 'certain' AND start_year IS NOT NULL) AS certain,
    count(*) FILTER (certainty = 'likely' AND start_year IS NOT NULL) AS likely,
    count(*) FILTER (certainty <> 'unknown' AND start_year IS NULL) AS no_start,
    count(*) FILTER (certainty = 'unknown' AND when_text IS NOT NULL) AS unread,
    count(*) FILTER (certainty = 'unknown' AND when_text IS NULL) AS without_text
FROM practice;
