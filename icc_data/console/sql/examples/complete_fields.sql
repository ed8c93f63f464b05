SELECT column_name AS field, column_type AS type, 100 - null_percentage AS percentage_filled, approx_unique AS values
FROM (SUMMARIZE practice)
ORDER BY percentage_filled, field
