-- What the year texts of each practice of the selection say, and what was read from them.
SELECT
    practice_id, when_text, when_source, described_when, start_year, end_year, ongoing, form, certainty, when_conflict,
    known_until, last_active_year
FROM practice
WHERE {practices}
ORDER BY practice_id;
