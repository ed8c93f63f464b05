-- Two versions of the data beside each other: 'before' and 'after'.

-- Every cell that differs, as a text; of those that are the same, the ones by which records are named, placed and chosen.
CREATE TABLE cell (
    tbl      VARCHAR NOT NULL, -- practices, cities, index_scores …: the name of the table's file
    key      VARCHAR NOT NULL, -- what makes its row a record, the parts joined by a space
    field    VARCHAR NOT NULL,
    "before" VARCHAR,          -- missing where the cell is empty, or there is no such row
    "after"  VARCHAR
);

-- Which columns a version has, also where all their cells are empty.
CREATE TABLE recorded (
    side     VARCHAR NOT NULL,
    tbl      VARCHAR NOT NULL,
    field    VARCHAR NOT NULL,
    position USMALLINT NOT NULL -- in the order of the file
);
