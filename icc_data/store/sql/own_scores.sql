-- The index scores for one connection, a city's own in the place of published ones of the same edition. A table of this
-- connection alone goes before one of the database that has the same name, so every question reads it as it is.
CREATE TEMP TABLE index_score AS
SELECT * FROM index_score ANTI JOIN own_score USING (city, year, policy_area)
UNION ALL
FROM own_score;
