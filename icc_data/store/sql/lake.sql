-- The versions that were published; the tables hold the newest, and those of before by their snapshots in the lake.
CREATE TABLE IF NOT EXISTS publication (
    number INTEGER NOT NULL,
    format INTEGER NOT NULL,
    version VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    published VARCHAR NOT NULL,
    parts VARCHAR NOT NULL
);
