-- Of all locks that PostgreSQL gives by a number, the one of who publishes: “atlas” in hexadecimal, 61746c6173.
SELECT * FROM postgres_query('gate', 'SELECT pg_try_advisory_xact_lock(418565087603)::int');
