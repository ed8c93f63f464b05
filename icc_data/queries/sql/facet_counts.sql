-- How many practices each value of a facet would give, under the choices made in all other facets: one that fits all
-- choices but one counts for the values of that facet alone, one that fits fewer nowhere. Practices are counted by the sets
-- of values that they have, in one pass for all facets.
WITH candidate AS (SELECT {sets}, {held} FROM practice WHERE {practices}),
counted AS (
    SELECT {facet} AS facet, coalesce({sets}) AS "set", {kept}, count(*) AS practices
    FROM candidate WHERE {nearly} GROUP BY GROUPING SETS ({grouped})
)
SELECT facet, value, sum(practices)::BIGINT AS practices
FROM counted JOIN facet_set USING (facet, "set")
WHERE {others}
GROUP BY ALL;
