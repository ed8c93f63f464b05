"""Tables of CSV, Excel or JSON as they stand in their files: which row is the header, and which cells are under it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TextIO

from icc_data.i18n import mark, translate
from icc_data.incoming.readers.city_lists import city_columns
from icc_data.incoming.readers.excel import Formula, cell_text, excel_sheets
from icc_data.incoming.readers.files import own_text, sent_text, utf8_text
from icc_data.incoming.readers.headings import SCORE_HEADINGS, column_of, columns_in, score_columns
from icc_data.incoming.readers.json_text import json_entries
from icc_data.incoming.readers.mapping import Headings, renamed
from icc_data.incoming.readers.rows import Row, Table
from icc_data.incoming.readers.scores import area_columns, flat
from icc_data.model.columns import columns_of
from icc_data.model.records import TABLES, Fault
from icc_data.text import fold

# The code of a cell that holds a formula without its result.
UNCOMPUTED = "uncomputed"
_UNCOMPUTED_REASON = mark("is a formula without its result: write the result, or open and save the file in Excel")
# Among how many rows that hold something the header is looked for.
_ROWS_ABOVE = 10
# The line by which a CSV file tells Excel at which mark to cut its lines.
_SEPARATOR_LINE = re.compile(r'"?sep=(?P<mark>[,;\t|])"?[,;\t]*\r?(?:\n|\Z)', re.IGNORECASE)
_LONGEST_QUOTED = 60
MOST_COLUMNS = 500
# Nobody has said anything of headings.
NONE = Headings()

Cells = list[str]
NumberedCells = tuple[int, Cells]

# The headings that a table of each kind cannot do without.
IDENTIFYING = {
    "practices": ("title",),
    "cities": ("city_id", "name"),
    "index_scores": ("city_id", "policy_area"),
    "index_reports": ("city_id", "year"),
    "terms": ("vocabulary", "code"),
    "policy_area_codings": ("practice_id", "reader"),
    "amendments": ("table", "id", "column", "value"),
}


@cache
def _known_columns() -> frozenset[str]:
    return frozenset(column.name for record_type in TABLES.values() for column in columns_of(record_type))


@cache
def _score_words() -> frozenset[str]:
    return frozenset(fold(words) for others in SCORE_HEADINGS.values() for words in others)


def _is_known(heading: str, known: Headings = NONE) -> bool:
    return column_of(heading) in _known_columns() or fold(heading) in _score_words() or known.knows(heading)


def delimiter(header: str) -> str:
    """The mark that cuts a header into the most known columns: comma, semicolon or tab."""
    return max(",;\t", key=lambda mark: _columns_cut_by(mark, header))


def _mark_of(lines: list[str], known: Headings) -> str:
    """The mark that cuts any of these lines into the most known columns; the first line into most, where none does."""
    first = lines[0] if lines else ""
    marks = sorted(",;\t", key=first.count, reverse=True)
    return max(marks, key=lambda mark: max((_columns_cut_by(mark, line, known) for line in lines), default=0))


def _columns_cut_by(mark: str, line: str, known: Headings = NONE) -> int:
    cells = [cell.strip(' "') for cell in line.split(mark)]
    return sum(column_of(cell) in _known_columns() or known.knows(cell) for cell in cells)


def table_name(header: Iterable[str]) -> str | None:
    """Which of the project's tables a header belongs to: the one that knows most of its columns.

    Returns:
        The table's name, or None where no table's identifying columns (or a practice's title) are there.
    """
    names = set(header)
    fitting = [name for name, needed in IDENTIFYING.items() if names.issuperset(needed)]
    shares = {name: len(names & {c.name for c in columns_of(TABLES[name])}) for name in fitting}
    return max(fitting, key=lambda name: shares[name], default=None)


def _is_header(cells: Sequence[str], known: Headings = NONE) -> bool:
    names = [known.column(cell.strip()) for cell in cells if cell.strip()]
    return (
        table_name(columns_in(names)) is not None
        or score_columns(names) is not None
        or city_columns(names) is not None
        or bool(area_columns(names, known.areas))
    )


def open_table(path: Path) -> Table:
    """The rows of a CSV, Excel or JSON file with the line (or row) on which each starts; the first is the header.

    Raises:
        AtlasError: the file cannot be opened, is not what its ending says, or is CSV and not UTF-8.
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return _excel_table(path, as_it_stands=True)
    if suffix in (".json", ".jsonl"):
        return _json_table(path)
    text = utf8_text(path, own=True)
    rows, broken = _csv_rows(text, delimiter(text.partition("\n")[0]), 0)
    (_, names), *rest = rows or [(1, [])]
    header = tuple(cell.strip() for cell in names)
    shaped = (_shaped(line, header, cells) for line, cells in rest if any(map(str.strip, cells)))
    return Table(header, (*shaped, *broken))


def open_sent_table(path: Path, known: Headings = NONE) -> Table:
    """The rows of a table as people send it.

    CSV may be in other encodings and begin with Excel's line “sep=;”; lines of words may stand above the header;
    columns that hold nothing are passed over. The table's notes say each of these.

    Args:
        path: the file.
        known: what headings mean that no table of the project has.

    Raises:
        AtlasError: the file cannot be opened, or is not what its ending says.
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return renamed(_excel_table(path, known), known)
    return renamed(_json_table(path) if suffix in (".json", ".jsonl") else _sent_csv(path, known), known)


def looks_like_table(text: str) -> bool:
    """Whether the first lines of a text hold the header of a table, cut at commas, semicolons or tabs."""
    lines = text.lstrip("\ufeff").splitlines()[:_ROWS_ABOVE]
    cut = [[cell.strip(' "') for cell in line.split(delimiter(line))] for line in lines]
    return any(len(cells) > 1 and sum(map(_is_known, cells)) > 1 and _is_header(cells) for cells in cut)


def _csv_rows(text: str, mark: str, lines_before: int) -> tuple[list[NumberedCells], tuple[Row, ...]]:
    """The lines of a CSV text cut into cells, with their numbers, and where it cannot be read further the reason."""
    rows: list[NumberedCells] = []
    for one in _csv_lines(io.StringIO(text, newline=""), mark, lines_before):
        if isinstance(one, Row):
            return rows, (one,)
        rows.append(one)
    return rows, ()


def _csv_lines(text: Iterable[str], mark: str, lines_before: int = 0) -> Iterator[NumberedCells | Row]:
    """The lines of CSV one by one; last, where it cannot be read further, a row that says so."""
    reader = csv.reader(text, delimiter=mark, strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line + lines_before, cells
            line = reader.line_num + 1
    except csv.Error as error:
        reason = translate("cannot be read as CSV ({error}): check the quotation marks from here on").format(
            error=error
        )
        yield Row(line + lines_before, {}, reason)


@contextmanager
def streamed_table(path: Path) -> Iterator[tuple[tuple[str, ...], Iterator[NumberedCells | Row]]]:
    """The header of a CSV file and the rows that ``open_table`` would give, one by one, however large it is.

    A row comes as its line and cells where it has as many as the header; else as a ``Row`` with what is wrong with it.

    Raises:
        AtlasError: the file cannot be opened or is not UTF-8.
    """
    with own_text(path) as text:
        first_line = "".join(_up_to_line_feed(text))
        text.seek(0)
        lines = _csv_lines(text, delimiter(first_line))
        first = next(lines, (1, []))
        broken = isinstance(first, Row)
        header = () if isinstance(first, Row) else tuple(cell.strip() for cell in first[1])
        yield header, _of_header(header, chain([first] if broken else (), lines))


def _up_to_line_feed(text: TextIO) -> Iterator[str]:
    # Lines may end otherwise, but the header is what stands before the first of these.
    while part := text.readline():
        yield part.removesuffix("\n")
        if part.endswith("\n"):
            return


def _of_header(header: tuple[str, ...], lines: Iterable[NumberedCells | Row]) -> Iterator[NumberedCells | Row]:
    for one in lines:
        if isinstance(one, Row):
            yield one
        elif any(map(str.strip, one[1])):
            yield one if len(one[1]) == len(header) else _shaped(one[0], header, one[1])


def lines_of_table(path: Path, only: Collection[int]) -> Table:
    """As ``open_table``, of a CSV file with no other rows than those that start on these lines.

    Raises:
        AtlasError: the file cannot be opened or is not UTF-8.
    """
    with streamed_table(path) as (header, rows):
        if not only:
            return Table(header, ())
        shaped = (one if isinstance(one, Row) else Row(one[0], dict(zip(header, one[1], strict=True))) for one in rows)
        return Table(header, tuple(row for row in shaped if row.line in only))


def _shaped(line: int, header: tuple[str, ...], cells: Cells) -> Row:
    fault = ""
    if len(cells) != len(header):
        fault = translate("has {count} cells, expected {expected}: check commas and quotation marks").format(
            count=len(cells), expected=len(header)
        )
    return Row(line, dict(zip(header, cells, strict=False)), fault)


def _sent_csv(path: Path, known: Headings) -> Table:
    text, note = sent_text(path)
    told = _SEPARATOR_LINE.match(text)
    text = text[told.end() :] if told else text
    first_lines = text.splitlines()[:_ROWS_ABOVE]
    mark = told["mark"] if told else _mark_of(first_lines, known)
    rows, broken = _csv_rows(text, mark, 1 if told else 0)
    table = _headed([(line, cells) for line, cells in rows if any(map(str.strip, cells))], known, of_csv=True)
    return replace(table, rows=(*table.rows, *broken), notes=(*filter(None, [note]), *table.notes))


def _headed(rows: list[NumberedCells], known: Headings, *, of_csv: bool = False, as_it_stands: bool = False) -> Table:
    """The table that begins at the first row which can be a header; at the first of all where none can.

    Args:
        rows: those that hold something, with their numbers.
        known: what headings mean that no table of the project has.
        of_csv: whether a row that is too long or too short has cells that cannot be told apart.
        as_it_stands: whether the first row is the header whatever it holds, with all of its columns.
    """
    places = (place for place, (_, cells) in enumerate(rows[:_ROWS_ABOVE]) if _is_header(cells, known))
    place = 0 if as_it_stands else next(places, 0)
    if not rows:
        return Table((), ())
    line, names = rows[place][0], [cell.strip() for cell in rows[place][1]]
    below = rows[place + 1 :]
    filled = {number for _, cells in below for number, cell in enumerate(cells) if cell.strip()}
    # A program's name for a column that nobody named, or one that nobody filled.
    every = as_it_stands or len(names) > MOST_COLUMNS
    unknown = () if every else (number for number, name in enumerate(names) if not _is_known(name, known))
    empty = [number for number in unknown if number not in filled]
    kept = ["" if number in empty else name for number, name in enumerate(names)]
    shaped = [_of_width(number, kept, cells) if of_csv else _named(number, kept, cells) for number, cells in below]
    notes = [*_above_in_words(rows[:place], line), *_empty_in_words(names, empty)]
    return Table(tuple(filter(None, kept)), tuple(shaped), tuple(notes), line)


def _of_width(line: int, names: list[str], cells: Cells) -> Row:
    """A row of CSV, whose cells can be told apart only where it has as many as its header; empty ones may follow."""
    beyond = cells[len(names) :]
    if len(cells) < len(names) or any(map(str.strip, beyond)):
        return _shaped(line, tuple(names), cells)
    return _named(line, names, cells[: len(names)])


def _above_in_words(rows: list[NumberedCells], line: int) -> list[str]:
    if not rows:
        return []
    words = " · ".join(" ".join(filter(None, map(str.strip, cells))) for _, cells in rows)
    one = translate("the header stands in row {line}; what is above it was passed over (row {first}: “{text}”)")
    several = translate(
        "the header stands in row {line}; what is above it was passed over (rows {first} to {last}: “{text}”)"
    )
    told = one if len(rows) == 1 else several
    return [told.format(line=line, first=rows[0][0], last=rows[-1][0], text=_cut(words))]


def _empty_in_words(names: list[str], empty: list[int]) -> list[str]:
    last = max((number for number, name in enumerate(names) if name), default=0)
    return [
        translate("the column “{name}” is empty and was passed over").format(name=names[number])
        if names[number]
        else translate("column {number} has no heading and is empty: it was passed over").format(number=number + 1)
        for number in empty
        if number <= last
    ]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTED else f"{text[: _LONGEST_QUOTED - 1]}…"


def _excel_table(path: Path, known: Headings = NONE, *, as_it_stands: bool = False) -> Table:
    """The sheet whose header has the most known columns; the first that holds anything where none has any."""

    def count(table: Table) -> int:
        columns = columns_in(map(known.column, table.header))
        return len(_known_columns() & set(columns)) + len(area_columns(columns, known.areas))

    tables = [_headed(sheet, known, as_it_stands=as_it_stands) for sheet in map(flat, excel_sheets(path)) if sheet]
    return max(tables, key=count, default=Table((), ()))


def _named(number: int, names: list[str], cells: Cells) -> Row:
    names = [*names, *[""] * max(0, len(cells) - len(names))]
    placed = list(zip(names, cells, strict=False))
    lost = [cell for name, cell in placed if cell.strip() and not name]
    formulas = [(name, cell) for name, cell in placed if name and isinstance(cell, Formula)]
    faults = [Fault(name, cell, translate(_UNCOMPUTED_REASON), UNCOMPUTED) for name, cell in formulas]
    # JSON can write halves of a pair of characters, which no file can hold.
    halves = [(name, cell) for name, cell in placed if name and not _is_text(cell)]
    faults += [
        Fault(name, cell, translate("holds characters that are no text: write it anew")) for name, cell in halves
    ]
    if lost:
        faults.append(
            Fault(
                "",
                "",
                translate("has “{text}” under no heading: name its column, or empty the cell").format(text=lost[0]),
            )
        )
    return Row(number, {name: cell for name, cell in placed if name}, faults=tuple(faults))


def _is_text(cell: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in cell)


def _json_table(path: Path) -> Table:
    rows = tuple(
        _named(number, [str(key) for key in entry], [cell_text(value) for value in entry.values()])
        if isinstance(entry, dict)
        else Row(number, {}, translate("is not an object with named fields"))
        for number, entry in json_entries(path)
    )
    return Table(tuple(dict.fromkeys(name for row in rows for name in row.cells)), rows)
