"""What is kept: data/ becomes one DuckDB file, is opened read-only, and is published."""
