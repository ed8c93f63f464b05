"""The cells of a large table, each distinct text judged once, by the rules that judge rows."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import cache

import duckdb
import pyarrow as pa

from icc_data.model.columns import PLAIN_URL, SLUG, TEXT, URL, Column, columns_of
from icc_data.model.records import TABLES, read_cell
from icc_data.model.vocabulary import Vocabulary
from icc_data.text import LIST_SEPARATOR


@cache
def _white_space() -> str:
    return "".join(character for character in map(chr, range(sys.maxunicode + 1)) if character.isspace())


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def has_no_space_around(name: str) -> str:
    """A condition that a cell meets where nothing that Python strips stands at its ends.

    Args:
        name: of its column.
    """
    white = _quoted(_white_space())
    # Of an empty cell the first letter is nothing, which everything contains.
    return f"({name} = '' OR NOT (contains({white}, left({name}, 1)) OR contains({white}, right({name}, 1))))"


def _is_plain(column: Column) -> str:
    """A condition that a cell meets only where it is valid and means its own text; others are read one by one.

    Only for what is another text in nearly every row.
    """
    name = column.name
    if column.kind is TEXT and not column.many:
        white = _quoted(_white_space())
        # Of an empty cell the first letter is nothing, which everything contains.
        return f"NOT (contains({white}, left({name}, 1)) OR contains({white}, right({name}, 1)))"
    if column.kind.pattern == SLUG.pattern and not column.many:
        return f"regexp_full_match({name}, {_quoted(SLUG.pattern)})"
    if column.kind is URL:
        further = f"({LIST_SEPARATOR}{PLAIN_URL.pattern})*" if column.many else ""
        return f"regexp_full_match({name}, {_quoted(PLAIN_URL.pattern + further)})"
    return "false"


def judge_cells(connection: duckdb.DuckDBPyConnection, table: str, vocabulary: Vocabulary) -> None:
    """Note the lines of a table that have a cell which may be refused, and make ``<table>_read`` of the others.

    Args:
        connection: with the table staged; the view is made there: a row as ``records.row_of`` writes it, with NULL
            for an empty cell, as far as its cells are valid.
        table: its name.
        vocabulary: the closed lists.
    """
    picked, joined = ["number", "line"], [f"{table}_cells"]
    for column in columns_of(TABLES[table]):
        name = column.name
        others = f"SELECT DISTINCT {name} FROM {table}_cells WHERE NOT {_is_plain(column)}"
        refused: list[str] = []
        written: dict[str, str] = {}
        for (cell,) in connection.execute(others).fetchall():
            value, faults = read_cell(column, cell, vocabulary)
            if faults:
                refused.append(cell)
            elif (text := column.text(value)) != cell:
                written[cell] = text
        if refused:
            connection.execute(
                f"INSERT INTO {table}_doubt SELECT line FROM {table}_cells "
                f"WHERE {name} IN (SELECT unnest($refused::VARCHAR[]))",
                {"refused": refused},
            )
        if written:
            other = f"{table}_{name}_written"
            keep(connection, other, {"cell": list(written), "text": list(written.values())})
            joined.append(f"LEFT JOIN {other} ON {other}.cell = {name}")
            picked.append(f"nullif(coalesce({other}.text, {name}), '') AS {name}")
        else:
            picked.append(f"nullif({name}, '') AS {name}")
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {table}_read AS SELECT {', '.join(picked)} FROM {' '.join(joined)}"
    )


def keep(connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, Sequence[object]]) -> None:
    """Make a table for the connection's time of columns of equal length; a column of nothing is one of texts."""
    arrays = {name: pa.array(cells) for name, cells in columns.items()}
    texts = {name: cells.cast(pa.string()) if pa.types.is_null(cells.type) else cells for name, cells in arrays.items()}
    coming = pa.table(texts)
    connection.register("coming", coming)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM coming")
    connection.unregister("coming")
