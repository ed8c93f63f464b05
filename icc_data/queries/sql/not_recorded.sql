-- Columns that one of two versions does not have, in the order of the files; a table that it does not have at all once,
-- without a field.
WITH tables AS (SELECT tbl, count(DISTINCT side) AS sides, max(side) AS side FROM recorded GROUP BY tbl)
SELECT tbl, CASE WHEN sides = 2 THEN field END AS field,
    CASE min(recorded.side) WHEN 'before' THEN 'after' ELSE 'before' END AS missing_from
FROM recorded JOIN tables USING (tbl)
GROUP BY ALL HAVING count(DISTINCT recorded.side) = 1
ORDER BY tbl, min(position);
