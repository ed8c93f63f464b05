"""Corrections: what is known better than was published, kept apart from it and laid over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from icc_data.errors import Problem
from icc_data.i18n import translate as _
from icc_data.incoming.readers.result import Accepted
from icc_data.model.columns import columns_of
from icc_data.model.identifiers import KEYS
from icc_data.model.records import TABLES, Amendment, Record, read_record, row_of
from icc_data.model.vocabulary import Vocabulary

FILE = "amendments.csv"

Tables = Mapping[str, Sequence[Accepted]]


def _amendments(tables: Tables) -> list[tuple[int, Amendment]]:
    return [(item.line, cast(Amendment, item.record)) for item in tables.get("amendments", ())]


def identifier_of(table: str, record: Record) -> str:
    """The identifier by which an amendment names a record.

    Args:
        table: a table whose key is one column.
        record: one of its records.
    """
    return str(getattr(record, KEYS[table][0]))


def _laid_over(
    tables: Tables, vocabulary: Vocabulary, fault: Callable[[int, str, str, str], None]
) -> dict[str, tuple[Accepted, ...]]:
    laid = {name: list(items) for name, items in tables.items()}
    places = {
        (name, identifier_of(name, item.record)): at
        for name in ("practices", "cities")
        for at, item in enumerate(laid.get(name, ()))
    }
    for line, amendment in _amendments(tables):
        at = places.get((amendment.table, amendment.id))
        columns = {column.name for column in columns_of(TABLES[amendment.table])} - {*KEYS[amendment.table]}
        if at is None:
            reason = _("is no record of {table}.csv: correct the identifier").format(table=amendment.table)
            fault(line, "id", amendment.id, reason)
        elif amendment.column not in columns:
            reason = _("is no column of {table}.csv that can be amended; expected one of: {columns}")
            allowed = ", ".join(sorted(columns))
            fault(line, "column", amendment.column, reason.format(table=amendment.table, columns=allowed))
        else:
            item = laid[amendment.table][at]
            cells = row_of(item.record) | {amendment.column: amendment.value or ""}
            record, faults = read_record(TABLES[amendment.table], cells, vocabulary)
            for one in faults:
                fault(line, "value", amendment.value or "", f"{one.column}: {one.reason}")
            if record is not None:
                laid[amendment.table][at] = replace(item, record=record)
    return {name: tuple(items) for name, items in laid.items()}


def laid_over(tables: Tables, vocabulary: Vocabulary) -> dict[str, tuple[Accepted, ...]]:
    """The tables with every amendment in the place of what was published; one that cannot be read changes nothing.

    Args:
        tables: the records as published, and the amendments.
        vocabulary: the closed lists.
    """
    return _laid_over(tables, vocabulary, lambda line, column, value, reason: None)


def faults(tables: Tables, vocabulary: Vocabulary) -> list[Problem]:
    """What is wrong with the amendments, each by itself: no such record, no such column, a value that is none."""
    problems: list[Problem] = []

    def note(line: int, column: str, value: str, reason: str) -> None:
        problems.append(Problem(FILE, line, column, value, reason))

    _laid_over(tables, vocabulary, note)
    return problems


def blamed(problems: Sequence[Problem], before: Sequence[Problem], tables: Tables) -> Iterator[Problem]:
    """What is wrong with the data as amended and was not before, at the amendment of that record.

    Args:
        problems: of the data as amended.
        before: of the data as published.
        tables: the records as published, and the amendments.
    """
    lines = {
        (f"{name}.csv", item.line): (name, identifier_of(name, item.record))
        for name in ("practices", "cities")
        for item in tables.get(name, ())
    }
    for problem in problems:
        if problem not in before:
            record = lines.get((problem.file, problem.line))
            own = [(line, one) for line, one in _amendments(tables) if (one.table, one.id) == record]
            own.sort(key=lambda pair: pair[1].column != problem.column)
            line, value = (own[0][0], own[0][1].value or "") if own else (0, problem.value)
            reason = _("as amended, {column} of {place} {reason}").format(
                column=problem.column, place=f"{problem.file}:{problem.line}", reason=problem.reason
            )
            yield Problem(FILE, line, "value", value, reason)
