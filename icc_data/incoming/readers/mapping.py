"""Headings of other databases: what each means is said once, and remembered beside the data in ``headings.csv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from icc_data.errors import AtlasError
from icc_data.i18n import enumeration
from icc_data.i18n import translate as _
from icc_data.incoming.data_folder import writing
from icc_data.incoming.readers.headings import column_of
from icc_data.incoming.readers.rows import Row, Table
from icc_data.model.columns import LIST_SEPARATOR, columns_of
from icc_data.model.records import TABLES
from icc_data.model.vocabulary import Vocabulary
from icc_data.output import write_file
from icc_data.text import fold

FILE = "headings.csv"
# Two columns that make one year text, in words that a year text may have: “Start: 2015 End: 2018”.
PERIOD = {"start_year": "Start", "end_year": "End"}
_READ = ("practices", "cities", "index_scores", "index_reports")
_COLUMNS = {column.name: column for table in _READ for column in columns_of(TABLES[table])}


@dataclass(frozen=True)
class Headings:
    """What headings mean that no table of the project has.

    Attributes:
        columns: the column that each heading means, by its folded words; empty for one that is not taken.
        areas: the folded names of policy areas, which head the columns of a wide table of scores.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    areas: frozenset[str] = frozenset()

    def column(self, heading: str) -> str:
        """The column that a heading means; the heading itself where nobody has said."""
        return self.columns.get(fold(heading), heading)

    def knows(self, heading: str) -> bool:
        """Whether somebody has said what a heading means, or it is a policy area."""
        return fold(heading) in self.columns or fold(heading) in self.areas


def headings(vocabulary: Vocabulary, columns: Mapping[str, str] | None = None) -> Headings:
    """What headings mean, with those of wide tables of scores.

    Args:
        vocabulary: names the policy areas.
        columns: of ``said`` or ``remembered``.
    """
    names = (name for code in vocabulary.codes("policy_area") for name in vocabulary.names("policy_area", code))
    return Headings({fold(heading): column for heading, column in (columns or {}).items()}, frozenset(map(fold, names)))


def said(options: Iterable[str]) -> dict[str, str]:
    """What somebody says that headings mean.

    Args:
        options: each ``heading=column``; with no column it is not taken.

    Returns:
        Column by heading as it was typed.

    Raises:
        AtlasError: an option is no such pair, or there is no such column.
    """
    columns = {}
    for option in options:
        heading, parted, column = (part.strip() for part in option.partition("="))
        if not parted or not heading:
            raise AtlasError(
                _("“{option}” maps nothing.").format(option=option),
                _("Write --map “heading=column”; “heading=” leaves it out."),
            )
        name = column_of(column)
        if name and name not in _COLUMNS and name not in PERIOD:
            advice = _("There are: {names}.").format(names=", ".join([*PERIOD, *_COLUMNS]))
            raise AtlasError(
                _("“{column}” is no column that “{heading}” could mean.").format(column=column, heading=heading), advice
            )
        columns[heading] = name
    return columns


def remembered(directory: Path) -> dict[str, str]:
    """What was said of headings before, in ``headings.csv`` of a data folder; nothing where there is none.

    Raises:
        AtlasError: the file cannot be read, or names no column.
    """
    file = directory / FILE
    if not file.exists():
        return {}
    try:
        rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
        return said(f"{row['heading']}={row['column']}" for row in rows)
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
        advice = _("It has the columns heading and column; mend it, or delete it and map anew with --map.")
        title = _("{file} cannot be read: {reason}.").format(file=FILE, reason=type(error).__name__)
        raise AtlasError(title, advice) from None


def remember(directory: Path, columns: Mapping[str, str]) -> None:
    """Keep what headings mean in ``headings.csv``, in the order of the headings, beside what was said before.

    Args:
        directory: the data folder.
        columns: of ``said``; others may have said something since it was read last, which stays.

    Raises:
        AtlasError: it cannot be written, or another command is changing the data.
    """
    try:
        with writing(directory):
            before = remembered(directory)
            if (kept := merged(before, columns)) != before:
                _write(directory, kept)
    except OSError as error:
        title = _("{file} cannot be written: {reason}.").format(file=FILE, reason=error.strerror)
        raise AtlasError(title, _("Check the rights of the file.")) from None


def _write(directory: Path, columns: Mapping[str, str]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("heading", "column"))
    writer.writerows((heading, columns[heading]) for heading in sorted(columns, key=fold))
    write_file(directory / FILE, out.getvalue().encode("utf-8"))


def merged(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """What was said before with what is said now, which counts where both say something of a heading."""
    anew = {fold(heading) for heading in now}
    return {**{heading: column for heading, column in before.items() if fold(heading) not in anew}, **now}


def renamed(table: Table, known: Headings) -> Table:
    """A table with the columns that its headings mean; those that are not taken are gone.

    Args:
        table: as it stands in its file.
        known: what headings mean.

    Raises:
        AtlasError: two headings mean the same column, which holds no list.
    """
    meant = {heading: known.column(heading) for heading in table.header}
    if all(heading == column for heading, column in meant.items()):
        return table
    taken = [column for column in meant.values() if column]
    twice = [column for column in taken if taken.count(column) > 1 and not _is_list(column)]
    if twice:
        named = [f"“{heading}”" for heading, column in meant.items() if column == twice[0]]
        title = _("{headings} mean the same: {column}.").format(headings=enumeration(named), column=twice[0])
        raise AtlasError(title, _("Leave one out with --map “heading=”."))
    rows = tuple(_row(row, meant) for row in table.rows)
    header = tuple(dict.fromkeys("when_text" if column in PERIOD else column for column in taken))
    notes = [
        _("“{heading}” read as {column}").format(heading=heading, column=column)
        for heading, column in meant.items()
        if column not in ("", heading)
    ]
    return replace(table, header=header, rows=rows, notes=(*table.notes, *notes))


def _is_list(column: str) -> bool:
    return column in _COLUMNS and _COLUMNS[column].many


def _row(row: Row, meant: Mapping[str, str]) -> Row:
    cells: dict[str, str] = {}
    years = []
    for heading, cell in row.cells.items():
        column = meant.get(heading, heading)
        if column in PERIOD:
            years += [f"{PERIOD[column]}: {cell.strip()}"] if cell.strip() else []
        elif column:
            parts = [cells.get(column, ""), cell] if _is_list(column) else [cell]
            cells[column] = LIST_SEPARATOR.join(part for part in parts if part.strip()) if len(parts) > 1 else cell
    if PERIOD.keys() & set(meant.values()):
        cells["when_text"] = " ".join(sorted(years, reverse=True)) or cells.get("when_text", "")
    faults = (
        replace(fault, column=meant.get(fault.column, fault.column))
        for fault in row.faults
        if meant.get(fault.column, fault.column) or not fault.column
    )
    return replace(row, cells=cells, faults=tuple(faults))
