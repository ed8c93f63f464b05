-- What differs between two versions of a table, field by field. A record that only one of them has is told with all its
-- fields; of one that both have, the fields that differ and that both versions record.
WITH columns AS (
    SELECT field, min(position) AS position, count(*) = 2 AS twice FROM recorded WHERE tbl = $tbl GROUP BY field
),
records AS (
    SELECT key, bool_or(side = 'before') AS was, bool_or(side = 'after') AS is_now,
        -- What it is called now; what it was called where it is gone.
        coalesce(max(value) FILTER (field = $label AND side = 'after'), max(value) FILTER (field = $label)) AS label,
        coalesce(max(value) FILTER (field = $place AND side = 'after'), max(value) FILTER (field = $place), '') AS place
    FROM cell WHERE tbl = $tbl GROUP BY key
),
differing AS (
    SELECT key, field, max(value) FILTER (side = 'before') AS "before", max(value) FILTER (side = 'after') AS "after"
    FROM cell WHERE tbl = $tbl GROUP BY key, field HAVING "before" IS DISTINCT FROM "after"
)
SELECT
    CASE
        WHEN NOT was THEN 'added'
        WHEN NOT is_now THEN 'removed'
        WHEN bool_and(field = 'accessed') OVER (PARTITION BY key) THEN 'seen'
        ELSE 'changed'
    END AS kind,
    key, label, place, field, "before", "after"
FROM differing JOIN records USING (key) JOIN columns USING (field)
WHERE twice OR NOT was OR NOT is_now
ORDER BY list_position(['added', 'changed', 'seen', 'removed'], kind), label, key, position;
