-- What could be different after a question: settings, logs, variables, prepared statements, databases, tables, views.
-- Not macros: to list them takes longer than to start another process.
SELECT 'setting' AS kind, name, value FROM duckdb_settings()
UNION ALL SELECT 'log', 'entries', count(*)::VARCHAR FROM duckdb_logs()
UNION ALL SELECT 'variable', name, value::VARCHAR FROM duckdb_variables()
UNION ALL SELECT 'statement', name, statement FROM duckdb_prepared_statements()
UNION ALL SELECT 'database', database_name, path FROM duckdb_databases()
UNION ALL SELECT 'table', database_name || '.' || schema_name, table_name FROM duckdb_tables()
UNION ALL SELECT 'view', database_name || '.' || schema_name, view_name FROM duckdb_views() WHERE NOT internal
ORDER BY ALL;
