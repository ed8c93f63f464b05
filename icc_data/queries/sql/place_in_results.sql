-- Where a practice stands among those of the selection in the order asked for, and which ones stand beside it: how many come
-- before it, and the last of those and the first after it. Nothing is put in order for that; each is compared with the one.
WITH {ranked}result AS MATERIALIZED (SELECT practice_id, {sort_key} AS sort_key FROM {results} WHERE {practices}),
one AS MATERIALIZED (SELECT sort_key AS own FROM result WHERE practice_id = $practice_id)
SELECT count(*) AS results, nullif(count(*) FILTER (sort_key <= own), 0) AS place,
    arg_max(practice_id, sort_key) FILTER (sort_key < own) AS before, arg_min(practice_id, sort_key) FILTER (sort_key > own) AS after
FROM result LEFT JOIN one ON true;
