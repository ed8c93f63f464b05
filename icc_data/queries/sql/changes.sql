-- What differs between two versions of a table, field by field. A record that only one of them has is told with all its
-- fields; of one that both have, the fields that differ and that both versions record.
WITH here AS (SELECT key, field, "before", "after" FROM cell WHERE tbl = $tbl),
columns AS (
    SELECT field, min(position) AS position, count(*) = 2 AS twice FROM recorded WHERE tbl = $tbl GROUP BY field
),
records AS (
    SELECT key, "before" IS NOT NULL AS was, "after" IS NOT NULL AS is_now FROM here WHERE field = $identifier
),
-- What it is called now; what it was called where it is gone.
labels AS (SELECT key, coalesce("after", "before") AS label FROM here WHERE field = $label),
places AS (SELECT key, coalesce("after", "before") AS place FROM here WHERE field = $place)
SELECT
    CASE
        WHEN NOT was THEN 'added'
        WHEN NOT is_now THEN 'removed'
        WHEN bool_and(field = 'accessed') OVER (PARTITION BY key) THEN 'seen'
        ELSE 'changed'
    END AS kind,
    key, label, coalesce(place, '') AS place, field, "before", "after"
FROM here
JOIN records USING (key)
JOIN columns USING (field)
LEFT JOIN labels USING (key)
LEFT JOIN places USING (key)
WHERE "before" IS DISTINCT FROM "after" AND (twice OR NOT was OR NOT is_now) AND {scope}
ORDER BY list_position(['added', 'changed', 'seen', 'removed'], kind), label, key, position;
