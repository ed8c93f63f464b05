-- What differs in the cities, as changes.sql has it, with what it means for the network.
WITH status AS (
    SELECT key, "before" AS was, "after" AS is_now FROM cell WHERE tbl = 'cities' AND field = 'status'
),
told AS (
    SELECT changed.*, coalesce(was IN $members, false) AS member, coalesce(is_now IN $members, false) AS member_now,
        is_now
    FROM ({changes}) AS changed LEFT JOIN status USING (key)
)
SELECT
    CASE
        WHEN kind <> 'removed' AND NOT member AND member_now AND (kind = 'added' OR field = 'status') THEN 'joined'
        WHEN kind = 'removed' AND member THEN 'left'
        WHEN kind = 'changed' AND field = 'status' AND member AND is_now = 'former' THEN 'left'
        WHEN kind <> 'changed' THEN kind
        WHEN field = 'status' THEN 'status'
        ELSE 'fact'
    END AS kind,
    key AS city_id, label AS name, place AS country, field, "before", "after"
FROM told
ORDER BY list_position(['joined', 'left', 'status', 'added', 'removed', 'fact'], kind), name COLLATE {language}, city_id;
