-- How many practices each value of a facet would give, under the choices made in all other facets: one that fits all
-- choices but one counts for the values of that facet alone, one that fits fewer nowhere. Practices with the same sets of
-- values are counted together first, and laid below each other once for each facet: a table for each facet, as
-- GROUPING SETS makes, takes a few hundred practices longer to make than to fill, and a million no less.
WITH alike AS (SELECT {sets}, count(*) AS practices FROM practice WHERE {practices} GROUP BY ALL),
candidate AS (SELECT {sets}, practices{held} FROM alike),
beside AS (
    SELECT unnest([{names}]) AS facet, unnest([{sets}]) AS "set", practices{kept}
    FROM candidate WHERE {nearly}
),
counted AS (SELECT facet, "set", sum(practices) AS practices FROM beside WHERE {others} GROUP BY ALL)
SELECT facet, value, sum(practices)::BIGINT AS practices
FROM counted JOIN facet_set USING (facet, "set")
GROUP BY ALL;
