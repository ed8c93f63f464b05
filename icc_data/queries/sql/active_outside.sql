-- How many practices of the selection ran in a year outside of a span, too: they begin before it or outlast it. Years after
-- that of the data count for none.
SELECT count(*) AS practices FROM practice
WHERE {practices} AND (
    start_year < $since
    OR (CASE WHEN $said THEN last_active_year ELSE known_until END > $until AND $as_of > $until)
);
