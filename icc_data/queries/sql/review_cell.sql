-- The practices of a city, country or network of the selection in a policy area, the newest first.
WITH selected AS (SELECT * FROM practice WHERE {practices}),
here AS (SELECT practice FROM practice_facet WHERE facet = $unit AND value = $place),
held AS (SELECT DISTINCT practice FROM practice_facet WHERE facet = 'policy_area' AND value = $area),
{shared coded}
SELECT
{shared listed}
FROM selected SEMI JOIN here USING (practice) SEMI JOIN held USING (practice) LEFT JOIN coded USING (practice)
ORDER BY start_year DESC NULLS LAST, title, practice_id;
