-- Practices whose title or summary holds every word of an entry, among all that started in, or were active during, the
-- same years; $together of them are one period, which bears its last year, and the year of the data ends one.
WITH selected AS MATERIALIZED (
    SELECT practice, start_year, known_until, last_active_year FROM practice WHERE {practices} AND start_year IS NOT NULL
),
entry AS (SELECT DISTINCT unnest($entries::VARCHAR[]) AS code, unnest($folded::VARCHAR[]) AS folded),
wanted AS (
    SELECT DISTINCT code, search_term(word) AS term
    FROM (SELECT code, unnest(string_split(folded, ' ')) AS word FROM entry)
),
needed AS (SELECT code, count(*) AS terms FROM wanted GROUP BY code),
holding AS (
    SELECT code, practice
    FROM wanted JOIN fts_main_practice_text.dict USING (term) JOIN fts_main_practice_text.posting USING (termid)
    JOIN needed USING (code)
    WHERE in_text
    GROUP BY code, practice, terms HAVING count(*) = terms
),
years AS (
    SELECT practice,
        {year} AS year
    FROM selected
),
periods AS (
    SELECT DISTINCT practice, ($as_of - floor(($as_of - year) / $together) * $together)::SMALLINT AS year FROM years
),
total AS (SELECT year, count(*) AS "of" FROM periods GROUP BY year),
counted AS (SELECT year, code, count(*) AS practices FROM periods JOIN holding USING (practice) GROUP BY ALL)
SELECT (year - $together + 1)::SMALLINT AS first_year, year AS last_year, code, coalesce(practices, 0) AS practices, "of", coalesce(practices, 0) / "of" AS share
FROM total CROSS JOIN entry LEFT JOIN counted USING (year, code)
ORDER BY list_position($entries::VARCHAR[], code), year;
