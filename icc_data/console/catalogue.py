"""What there is to ask about: tables, columns, how they hang together, and a drawing of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import duckdb

from icc_data.paths import sql_beside

# Columns that hold a term's code without its vocabulary beside it, and the vocabulary that it is of.
CODED = {
    ("city", "status"): "membership_status",
    ("city_network", "code"): "network",
    ("index_score", "policy_area"): "policy_area",
    ("term", "group"): "commitment",
}
TERM = ("vocabulary", "code")


@dataclass(frozen=True)
class Column:
    """A column: its name, DuckDB's type, what it holds, and whether it is part of the table's key."""

    name: str
    type: str
    description: str
    is_key: bool


@dataclass(frozen=True)
class Table:
    """A table: its name, what a row is, how many rows there are, and its columns in their order."""

    name: str
    description: str
    rows: int
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell its rows apart; empty where it has none."""
        return tuple(column.name for column in self.columns if column.is_key)


@dataclass(frozen=True)
class Relation:
    """Rows of one table that point to a row of another.

    Attributes:
        table, columns: where the pointer stands.
        target, target_columns: what it points to.
        vocabulary: of which vocabulary the term is, where the columns do not tell.
    """

    table: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    vocabulary: str = ""


def tables(connection: duckdb.DuckDBPyConnection) -> tuple[Table, ...]:
    """Every table of the atlas, those with most columns first; a description that nobody wrote is empty."""
    rows = connection.execute(sql_beside(__file__, "catalogue")).fetchall()
    return tuple(
        Table(
            name,
            description or "",
            int(count),
            tuple(Column(column, kind, words or "", bool(is_key)) for *_, column, kind, words, is_key in columns),
        )
        for (name, description, count), columns in groupby(rows, key=lambda row: row[:3])
    )


def relations(tables: Iterable[Table]) -> tuple[Relation, ...]:
    """How tables hang together, by the names of their columns: one that has all of another's key points to it."""
    every = tuple(tables)
    targets = [table for table in every if table.key == (table.name,) or table.key == TERM]
    named = [
        Relation(table.name, target.key, target.name, target.key)
        for target in targets
        for table in every
        if table is not target and set(target.key) <= {column.name for column in table.columns}
    ]
    present = {(table.name, column.name) for table in every for column in table.columns}
    coded = [
        Relation(table, (column,), target.name, TERM, vocabulary)
        for target in targets
        if target.key == TERM
        for (table, column), vocabulary in CODED.items()
        if (table, column) in present
    ]
    return (*named, *coded)


def unlinked(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables that no relation touches."""
    every = tuple(tables)
    linked = {name for link in relations(every) for name in (link.table, link.target)}
    return tuple(table for table in every if table.name not in linked)


def diagram(tables: Iterable[Table]) -> str:
    """The tables that hang together, with their keys and relations, as a Mermaid entity-relationship diagram.

    A line is named only where the columns at its ends are not called the same: by the vocabulary of the term.
    """
    every = tuple(tables)
    links = relations(every)
    pointers = {(link.table, column) for link in links for column in link.columns}
    alone = unlinked(every)
    lines = ["erDiagram", "    direction LR"]
    for table in every:
        if table in alone:
            continue
        lines.append(f"    {table.name} {{")
        lines += [
            f"        {_word(column.type)} {column.name} {_mark(column, table, pointers)}".rstrip()
            for column in table.columns
            if column.is_key or (table.name, column.name) in pointers
        ]
        lines.append("    }")
    for link in links:
        many = "o|" if set(link.columns) == set(_key_of(link.table, every)) else "o{"
        lines.append(f'    {link.target} ||--{many} {link.table} : "{link.vocabulary}"')
    return "\n".join(lines)


def _key_of(name: str, tables: Iterable[Table]) -> tuple[str, ...]:
    return next(table.key for table in tables if table.name == name)


def _mark(column: Column, table: Table, pointers: set[tuple[str, str]]) -> str:
    points = (table.name, column.name) in pointers
    return ", ".join(mark for mark, holds in (("PK", column.is_key), ("FK", points)) if holds)


def _word(kind: str) -> str:
    return kind.split("(")[0].replace(" ", "_").lower()
