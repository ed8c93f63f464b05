-- The keys of tables with very many rows, once these are there: DuckDB checks a key row by row, and several threads then
-- wait for each other to fill the table.
ALTER TABLE practice ADD PRIMARY KEY (practice);
CREATE UNIQUE INDEX practice_by_identifier ON practice (practice_id);
ALTER TABLE coding ADD PRIMARY KEY (practice, reader);
