"""A PIVOT that names no columns, written anew with their names: DuckDB would have to write to look them up itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

MOST_COLUMNS = 60
"""Columns that are named; a wider table is for nobody to read."""
_PIVOTS = ("PIVOT", "PIVOT_WIDER")
_AFTER_COLUMNS = ("USING", "GROUP", "ORDER", "LIMIT", ";")
# Texts, names and comments are one part each, whatever stands in them.
_PART = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\r\n]*|/\*.*?\*/|\w+|\S""", re.DOTALL)
_QUESTION = re.compile(r"\s*\(\s*(SELECT|FROM|WITH)\b", re.IGNORECASE)
_OPENS, _CLOSES = ("(", "[", "{"), (")", "]", "}")

Values = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class _Word:
    """A word or sign outside of all brackets: in capitals, and where it stands."""

    text: str
    start: int
    end: int


def named(sql: str, values: Values) -> str:
    """The same question, with the columns that it makes named.

    Args:
        sql: a PIVOT, perhaps after WITH, of which DuckDB says that it would look up its columns.
        values: gives the values of a query's only column; what it raises is passed on.

    Returns:
        The question anew; empty where it is too intricate to be read here, or makes no columns or too many.
    """
    words = list(_words(sql))
    pivot = next((word for word in words if word.text in _PIVOTS), None)
    if pivot is None or words[0].text not in (*_PIVOTS, "WITH"):
        return ""
    # A join before it has an ON of its own.
    on = next((word for word in reversed(words) if word.text == "ON" and word.start > pivot.start), None)
    if on is None:
        return ""
    after = [word for word in words if word.start > on.start]
    stop = next((place for place, word in enumerate(after) if word.text in _AFTER_COLUMNS), len(after))
    head, source = sql[: pivot.start], sql[pivot.end : on.start]
    parts, columns = [], 1
    for part in _parted(after[:stop]):
        choice = next((place for place, word in enumerate(part) if word.text == "IN"), len(part))
        column = sql[part[0].start : part[choice - 1].end] if choice else ""
        if not column:
            return ""
        listed = sql[part[choice].end : part[-1].end] if choice < len(part) else ""
        if listed and not _QUESTION.match(listed):
            parts.append(sql[part[0].start : part[-1].end])
            continue
        # Like every other question, it is read before it is run.
        spread = f"(SELECT DISTINCT ({column}) AS a FROM {source}\n) ORDER BY a"  # noqa: S608
        asked = f"{listed} AS a(a)" if listed else spread
        chosen = f"CAST(a AS VARCHAR) FROM (FROM {asked}) WHERE a IS NOT NULL LIMIT {MOST_COLUMNS + 1}"
        several = values(f"{head} SELECT {chosen}")
        columns *= len(several)
        quoted = ("'" + value.replace("'", "''") + "'" for value in several)
        parts.append(f"{column} IN ({', '.join(quoted)})")
    if not 0 < columns <= MOST_COLUMNS:
        return ""
    return f"{sql[: on.end]} {', '.join(parts)}{sql[after[stop - 1].end :]}"


def _words(sql: str) -> Iterator[_Word]:
    depth = 0
    for part in _PART.finditer(sql):
        text = part[0].upper()
        if text.startswith(("--", "/*")):
            continue
        depth -= text in _CLOSES
        if depth == 0:
            yield _Word(text, part.start(), part.end())
        depth += text in _OPENS


def _parted(words: Sequence[_Word]) -> list[list[_Word]]:
    parts: list[list[_Word]] = [[]]
    for word in words:
        if word.text == ",":
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]
