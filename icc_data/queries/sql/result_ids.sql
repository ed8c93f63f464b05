-- The practices of the selection in the order asked for, and nothing else of them.
{ranked}SELECT practice_id FROM {results} WHERE {practices} ORDER BY {order};
