"""How a question is asked: the SQL of its file, what was chosen bound to it, its answer as a frame or as counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import duckdb
import numpy as np
import pandas as pd

from icc_data.cells import is_known
from icc_data.paths import sql_beside
from icc_data.queries.comparison import Rest
from icc_data.queries.frames import frame_of
from icc_data.queries.place_names import collation, named_rows, with_names
from icc_data.queries.search_box import MATCH
from icc_data.queries.selection import Selection

Connection = duckdb.DuckDBPyConnection
Name = TypeVar("Name", bound=str)

# The year of the data by the connection: half of the questions need it, and it takes a tenth as long as to answer them.
_YEARS: WeakKeyDictionary[Connection, int] = WeakKeyDictionary()

# A piece of SQL that stands in several questions, in ``sql/shared``.
_SHARED = re.compile(r"\{shared (\w+)\}")


def ask(
    connection: Connection,
    name: str,
    selection: Selection | Rest | None = None,
    *,
    parts: Mapping[str, str] | None = None,
    **params: Any,
) -> pd.DataFrame:
    """The rows that a question of ``queries/sql`` gives.

    Args:
        connection: the database.
        name: of its file, without “.sql”; ``{shared NAME}`` in it stands for a piece that several have,
            ``COLLATE {language}`` for the order of names in the language in use.
        selection: the practices meant, for ``{practices}`` and ``{cities}`` in the text.
        parts: fixed SQL by the placeholder that it takes the place of; never anything that a user typed.
        params: the values of its named parameters.

    Raises:
        OSError: there is no such file.
        duckdb.Error: the database cannot answer it.
    """
    frame = frame_of(_answered(connection, name, selection, parts, params))
    # What tells how it asked (``statements``) gives the rows that its SQL gives.
    return with_names(frame) if isinstance(connection, duckdb.DuckDBPyConnection) else frame


def ask_cells(
    connection: Connection,
    name: str,
    selection: Selection | Rest | None = None,
    *,
    parts: Mapping[str, str] | None = None,
    **params: Any,
) -> list[dict[str, Any]]:
    """The rows that ``ask`` gives, each by column, what is unknown as None: of counts and cards, which make no frame.

    To make a frame of one row takes as long as to count it, and of four practices a third of what finding them does.
    """
    answer = _answered(connection, name, selection, parts, params)
    names = [str(column[0]) for column in answer.description]
    return named_rows([dict(zip(names, row, strict=True)) for row in answer.fetchall()])


def _answered(
    connection: Connection,
    name: str,
    selection: Selection | Rest | None,
    parts: Mapping[str, str] | None,
    params: dict[str, Any],
) -> Connection:
    """The connection with the answer of a question in it; the arguments of ``ask``."""
    text = _SHARED.sub(
        lambda place: sql_beside(__file__, f"shared/{place[1]}").rstrip("\n"), sql_beside(__file__, name)
    )
    for place, part in (parts or {}).items():
        text = text.replace(place, part)
    if selection is not None:
        practices, bound = selection.conditions()
        cities, city_bound = selection.city_conditions()
        if "{cities}" in text:
            bound = {**bound, **city_bound}
        # All are fixed SQL of the facets; what the user chose is in the bound parameters.
        text = text.replace("{practices}", practices).replace("{cities}", cities)
        params = {**params, **bound}
    text = text.replace("{match}", MATCH).replace("{language}", collation())
    return connection.execute(text, params)


def whenever(selection: Selection) -> dict[str, str]:
    """The conditions of a selection in two parts, for ``ask``: whatever the years, and those of the years alone."""
    return {
        "{whenever}": selection.without_years().conditions()[0],
        "{in_span}": selection.years_alone().conditions()[0],
    }


def meta(connection: Connection) -> dict[str, str]:
    """What the database says of itself: ``as_of_year``, ``as_of_date``, ``version`` (of the data), ``fingerprint``.

    ``oldest_date`` is the day of the oldest version that is kept.
    """
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def as_of_year(connection: Connection) -> int:
    """The year up to which the data speaks; an ongoing practice is active until then."""
    year = _YEARS.get(connection)
    return int(meta(connection)["as_of_year"]) if year is None else year


def cursor_of(connection: Connection) -> Connection:
    """Another connection to a database that nobody writes to, which knows its ``as_of_year`` without asking for it.

    Args:
        connection: to the database, kept for as long as the database is looked at.
    """
    cursor = connection.cursor()
    year = _YEARS.get(connection)
    # By the cursor: the connection is everybody's, and what one asks of it takes away what another is about to read.
    _YEARS[connection] = _YEARS[cursor] = as_of_year(cursor) if year is None else year
    return cursor


def counts_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The first row of whole numbers, by column; without those that are missing."""
    return {name: int(value) for name, value in rows[0].items() if value is not None}


def by_facet(frame: pd.DataFrame, facets: Sequence[Name]) -> dict[Name, pd.DataFrame]:
    """The answer of a question about facets (``facets.one_pass``), by the facet, in its order."""
    if len(facets) == 1:
        return {facets[0]: frame}
    columns = {str(name): column.array for name, column in frame.items()}
    every = columns.pop("facet").to_numpy()
    held = {facet: np.flatnonzero(every == facet) for facet in facets}
    # Columns cut by themselves: to cut the frame takes pandas three times as long.
    return {
        facet: pd.DataFrame({name: cells.take(places) for name, cells in columns.items()})
        for facet, places in held.items()
    }


def one(frame: pd.DataFrame) -> dict[str, Any] | None:
    """The only row of an answer by column, what is unknown as None; None where there is no row."""
    if frame.empty:
        return None
    row = frame.astype(object).where(frame.map(is_known), None).iloc[0]
    return {str(name): value for name, value in row.items()}
