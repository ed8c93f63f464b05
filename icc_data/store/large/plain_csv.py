"""CSV files that hold nothing of which readers may think otherwise, read by DuckDB, which is faster than Python."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from icc_data.errors import AtlasError
from icc_data.incoming.readers.files import own_bytes
from icc_data.model.columns import columns_of
from icc_data.model.records import TABLES

# The longest cell that Python's reader takes.
_LONGEST_CELL = 131_072
_HEADER = re.compile(rb"(?P<names>[a-z_]+(,[a-z_]+)*)(?P<end>\r?\n)")
_ENDS = b"\r\n"


@dataclass(frozen=True)
class _Letters:
    """What a file begins with, how its lines end, how many bytes it has, and how many of them are of three kinds."""

    header: tuple[str, ...]
    end: str
    size: int
    line_feeds: int
    returns: int
    marks: int


def read_plainly(connection: duckdb.DuckDBPyConnection, path: Path, table: str) -> bool:
    """Read a table into ``<table>_cells`` (number, line, cells), if DuckDB is sure to read what Python does.

    That is where every byte of the file is accounted for: by the cells, a comma or the end of a line after each, and
    the quotation marks around and within them.

    Args:
        connection: where it is made, for its time alone.
        path: the file.
        table: which one it is.

    Returns:
        Whether it was read; what was made is of no meaning otherwise.
    """
    try:
        letters = _letters(path)
    except AtlasError:
        return False
    columns = [column.name for column in columns_of(TABLES[table])]
    names = letters.header if letters else ()
    if not letters or len(set(names)) < len(names) or not {*names} <= {*columns} or columns[0] not in names:
        return False
    stands = f"{table}_cells_as_they_stand"
    try:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {stands} AS FROM read_csv($path, auto_detect = false, header = true, "
            "delim = ',', quote = '\"', escape = '\"', strict_mode = true, columns = $columns, "
            "force_not_null = $names)",
            {
                "path": str(path),
                "columns": dict.fromkeys(names, "VARCHAR"),
                "names": list(names),
            },
        )
    except duckdb.Error:
        return False
    every_byte = _accounted_for(connection, stands, letters)
    if every_byte:
        _number(connection, table, names, columns)
    return every_byte


def _letters(path: Path) -> _Letters | None:
    """None where the file has something in it by which readers may differ."""
    first, counts, last = None, Counter[bytes](), b""
    for part in own_bytes(path):
        first = first or _HEADER.match(part)
        if not first or b"\0" in part:
            return None
        # Python counts letters one find after the other, which takes four times as long.
        letters = np.frombuffer(part, dtype=np.uint8)
        for letter in (b"\n", b"\r", b'"'):
            counts[letter] += int(np.count_nonzero(letters == ord(letter)))
        if counts[b"\r"]:
            # A line may end in two letters, of which one stands in each part.
            counts[_ENDS] += (last[-1:] + part).count(_ENDS)
        counts[b""] += len(part)
        last = part
    if not first or not last.endswith(first["end"]) or counts[b"\r"] != counts[_ENDS]:
        return None
    header = tuple(first["names"].decode().split(","))
    return _Letters(header, first["end"].decode(), counts[b""], counts[b"\n"], counts[b"\r"], counts[b'"'])


def _accounted_for(connection: duckdb.DuckDBPyConnection, stands: str, letters: _Letters) -> bool:
    lengths = [f"strlen({name})" for name in letters.header]
    row = connection.execute(
        f"SELECT count(*), coalesce(sum({' + '.join(lengths)}), 0), coalesce(max(greatest({', '.join(lengths)})), 0), "
        f"count(*) FILTER (NOT regexp_matches({letters.header[0]}, '[!-~]')) FROM {stands}"
    ).fetchone()
    rows, size, longest, blank = map(int, row or ())
    marks, line_feeds, returns = _counts(connection, stands, letters.header, '"\n\r')
    header = len(",".join(letters.header)) + len(letters.end)
    between = rows * (len(letters.header) - 1 + len(letters.end))
    return (
        # A row of nothing is passed over by Python.
        not blank
        and longest <= _LONGEST_CELL
        and letters.line_feeds == 1 + rows + line_feeds
        and letters.returns == (1 + rows if "\r" in letters.end else 0) + returns
        and letters.size == header + size + between + letters.marks - marks
    )


def _counts(connection: duckdb.DuckDBPyConnection, stands: str, names: Sequence[str], letters: str) -> list[int]:
    """How often each of some letters stands in the cells."""
    counted = (
        f"CASE WHEN contains(cells, chr({number})) THEN strlen(cells) - strlen(replace(cells, chr({number}), '')) END"
        for number in map(ord, letters)
    )
    picked = ", ".join(f"coalesce(sum({one}), 0)" for one in counted)
    row = connection.execute(
        f"SELECT {picked} FROM (SELECT concat({', '.join(names)}) AS cells FROM {stands})"
    ).fetchone()
    return [int(count) for count in row or ()]


def _number(connection: duckdb.DuckDBPyConnection, table: str, names: Sequence[str], columns: Sequence[str]) -> None:
    """Number the rows, and say on which line each starts: the header is the first, and a cell may have several."""
    stands = f"{table}_cells_as_they_stand"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_lines AS "
        "SELECT place, sum(strlen(cells) - strlen(replace(cells, chr(10), ''))) OVER (ORDER BY place) AS more "
        f"FROM (SELECT rowid AS place, concat({', '.join(names)}) AS cells FROM {stands}) "
        "WHERE contains(cells, chr(10))"
    )
    cells = ", ".join(name if name in names else f"'' AS {name}" for name in columns)
    if connection.execute(f"FROM {table}_lines LIMIT 1").fetchone():
        more, joined = "coalesce(more, 0)", f"ASOF LEFT JOIN {table}_lines ON {stands}.rowid > place"
    else:
        more, joined = "0", ""
    connection.execute(
        f"CREATE TEMP VIEW {table}_cells AS SELECT ({stands}.rowid + 1)::UINTEGER AS number, "
        f"({stands}.rowid + 2 + {more})::UINTEGER AS line, {cells} FROM {stands} {joined}"
    )
