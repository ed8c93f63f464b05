-- PIVOT makes a column of each value that is named. A query looks up nothing before it runs, so values are to be named.
PIVOT (
    FROM practice
    JOIN practice_country USING (practice)
    JOIN country USING (country)
    SELECT country.name AS country, coalesce(certainty, 'no year') AS certainty
)
ON certainty IN ('certain', 'likely', 'no year')
USING count(*)
GROUP BY country
ORDER BY certain DESC, country
