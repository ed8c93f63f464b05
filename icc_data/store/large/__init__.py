"""The build of a data folder with very many practices: columns and distinct texts instead of rows."""
