"""The SQL behind an answer, with everything in it, so that it can be read, checked and run again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import duckdb
import pandas as pd

from icc_data.queries.comparison import AnySelection

# A decimal of so few letters, sign and point included, is the same number as a double.
_EXACT_LETTERS = 15
_PARAMETER = re.compile(r"\$([a-z_]+)")


class _Recorder:
    """A connection that remembers what it was last asked."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.asked: tuple[str, Mapping[str, Any]] = ("", {})

    def execute(self, text: str, params: Mapping[str, Any] | None = None) -> duckdb.DuckDBPyConnection:
        self.asked = (text, params or {})
        return self.connection.execute(text, params)


def literal(value: object) -> str:
    """A value as DuckDB writes it: NULL, true, a number, a quoted text, a list.

    Raises:
        TypeError: any other kind of value.
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return repr(value)
    if isinstance(value, float):
        # Without an exponent DuckDB reads a decimal number, and rounds once more on the way to the double it was.
        return repr(value) if "e" in repr(value) or len(repr(value)) <= _EXACT_LETTERS else f"{value!r}e0"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, list | tuple):
        items = ", ".join(literal(item) for item in value)
        return f"[{items}]" if value else "[]::VARCHAR[]"
    raise TypeError(f"{type(value).__name__} has no literal")


def with_literals(text: str, params: Mapping[str, object]) -> str:
    """A statement with its named parameters written into it."""
    return _PARAMETER.sub(lambda place: literal(params[place[1]]) if place[1] in params else place[0], text)


class _Teller(_Recorder):
    """A recorder whose database gives no rows, so that it takes no time however many there are."""

    def execute(self, text: str, params: Mapping[str, Any] | None = None) -> duckdb.DuckDBPyConnection:
        self.asked = (text, params or {})
        without_end = text.strip().removesuffix(";")
        # Fixed SQL of the questions; what the user chose is in the bound parameters.
        return self.connection.execute(f"SELECT * FROM (\n{without_end}\n) LIMIT 0", params)  # noqa: S608


def text_of(
    question: Callable[..., Any],
    connection: duckdb.DuckDBPyConnection,
    selection: AnySelection | None = None,
    *args: Any,
    **kwargs: Any,
) -> str:
    """How a question of ``queries`` is asked, without an answer; the arguments of ``statement``.

    The question must do with no rows, as one does that gives a frame.
    """
    teller = _Teller(connection)
    before: tuple[Any, ...] = () if selection is None else (selection,)
    question(teller, *before, *args, **kwargs)
    text, params = teller.asked
    return with_literals(text, params).strip()


def statement(
    question: Callable[..., Any],
    connection: duckdb.DuckDBPyConnection,
    selection: AnySelection | None = None,
    *args: Any,
    **kwargs: Any,
) -> tuple[str, pd.DataFrame]:
    """Ask a question of ``queries`` and say how it was asked.

    Args:
        question: a function of ``queries``; one that asks several things is told by the last.
        connection: where to ask.
        selection: the practices meant; None for a question that has no selection.

    Returns:
        The SQL with the user's choices as literals, and the answer.
    """
    recorder = _Recorder(connection)
    before: tuple[Any, ...] = () if selection is None else (selection,)
    answer = question(recorder, *before, *args, **kwargs)
    text, params = recorder.asked
    return with_literals(text, params).strip(), answer
