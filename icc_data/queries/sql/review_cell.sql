-- The practices of a city, country or network of the selection in a policy area, the newest first.
WITH page AS MATERIALIZED (
    SELECT practice FROM practice
    WHERE {practices}
        AND {unit}_set IN (SELECT "set" FROM facet_set WHERE facet = $unit AND value = $place)
        AND policy_area_set IN (SELECT "set" FROM facet_set WHERE facet = 'policy_area' AND value = $area)
),
{shared coded}
SELECT
{shared listed}
FROM practice SEMI JOIN page USING (practice) LEFT JOIN coded USING (practice)
ORDER BY start_year DESC NULLS LAST, title, practice_id;
