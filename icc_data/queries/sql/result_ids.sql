-- The practices of the selection in the order asked for, and nothing else of them.
WITH {ranked}result AS (SELECT * FROM {results} WHERE {practices})
SELECT practice_id FROM result ORDER BY {order};
