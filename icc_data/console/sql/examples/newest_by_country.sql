-- DuckDB's friendlier SQL: FROM may come first, "all" stands for every column that is not counted.
FROM practice
JOIN practice_country USING (practice)
SELECT country, max(start_year) AS newest_start_year, count(*) AS practices
GROUP BY ALL
ORDER BY ALL
