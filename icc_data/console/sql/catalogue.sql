-- Every table of the atlas with its columns, as DuckDB's own catalogue tells.
SELECT
    listed.table_name AS table_name,
    listed.comment AS table_description,
    listed.estimated_size AS rows,
    duckdb_columns.column_name AS column_name,
    duckdb_columns.data_type AS type,
    duckdb_columns.comment AS column_description,
    list_contains(coalesce(keys.columns, []), duckdb_columns.column_name) AS is_key
FROM (
    SELECT database_oid, schema_oid, table_oid, database_name, schema_name, table_name, comment, estimated_size, column_count, internal
    FROM duckdb_tables()
    UNION ALL
    SELECT database_oid, schema_oid, view_oid, database_name, schema_name, view_name, comment, (SELECT count(*) FROM practice_facet),
        column_count, internal
    FROM duckdb_views()
) AS listed
JOIN duckdb_columns() USING (database_oid, schema_oid, table_oid)
LEFT JOIN (
    SELECT database_oid, table_oid, constraint_column_names AS columns
    FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'
) AS keys USING (database_oid, table_oid)
WHERE listed.schema_name = 'main' AND NOT listed.internal AND listed.database_name = current_database()
ORDER BY listed.column_count DESC, listed.table_name, duckdb_columns.column_index;
