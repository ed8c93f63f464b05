-- Where a practice stands among those of the selection in the order asked for, and which ones stand beside it.
{ranked}SELECT count(*) AS results, any_value(place) FILTER (is_it) AS place,
    any_value(before) FILTER (is_it) AS before, any_value(after) FILTER (is_it) AS after
FROM (
    SELECT practice_id = $practice_id AS is_it, row_number() OVER results AS place,
        lag(practice_id) OVER results AS before, lead(practice_id) OVER results AS after
    FROM {results} WHERE {practices} WINDOW results AS (ORDER BY {order})
);
