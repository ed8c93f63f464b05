-- Every table of the atlas with its columns, as DuckDB's own catalogue tells.
SELECT
    duckdb_tables.table_name AS table_name,
    duckdb_tables.comment AS table_description,
    duckdb_tables.estimated_size AS rows,
    duckdb_columns.column_name AS column_name,
    duckdb_columns.data_type AS type,
    duckdb_columns.comment AS column_description,
    list_contains(coalesce(keys.columns, []), duckdb_columns.column_name) AS is_key
FROM duckdb_tables()
JOIN duckdb_columns() USING (database_oid, schema_oid, table_oid)
LEFT JOIN (
    SELECT database_oid, table_oid, constraint_column_names AS columns
    FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'
) AS keys USING (database_oid, table_oid)
WHERE duckdb_tables.schema_name = 'main' AND NOT duckdb_tables.internal
    AND duckdb_tables.database_name = current_database()
ORDER BY duckdb_tables.column_count DESC, duckdb_tables.table_name, duckdb_columns.column_index;
