"""Rows as an Excel workbook: a sheet of typed, filterable columns and a sheet that says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from icc_data.cells import PlainColumn, is_number, text_of
from icc_data.errors import AtlasError
from icc_data.formula import neutral
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _

if TYPE_CHECKING:
    from icc_data.spreadsheet import Spreadsheet

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
WIDEST = 60
# What XML, and so a workbook, cannot hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MISFIT = "\ufffd"
_HEAD = {"bold": True, "valign": "top"}
_SENTENCE = {"text_wrap": True, "valign": "top"}

Facts = Sequence[tuple[str, Sequence[str]]]


def workbook(columns: Sequence[PlainColumn], facts: Facts, title: str) -> bytes:
    """A workbook with the sheets “Data” and “About”.

    Args:
        columns: the rows, by column.
        facts: for “About”: a heading and its lines each. What could not be taken over as it was is added.
        title: what the file says that it is called.

    Raises:
        AtlasError: there are more rows than a worksheet holds.
    """
    # Loaded only for a workbook: everything else starts sooner without it.
    from icc_data.spreadsheet import Spreadsheet

    count = len(columns[0].cells) if columns else 0
    if count > MOST_ROWS:
        raise AtlasError(
            _("A worksheet holds at most {most} rows, and these are {count}.").format(
                most=number(MOST_ROWS), count=number(count)
            ),
            _("Choose CSV or Parquet, or fewer rows."),
        )
    book = Spreadsheet(CONTROL.sub(MISFIT, title))
    cells = _Cells()
    _data(book, columns, count, cells)
    _about(book, facts, cells)
    return book.content()


def _data(book: Spreadsheet, columns: Sequence[PlainColumn], count: int, cells: _Cells) -> None:
    sheet = book.sheet(_("Data"), [_width(column) for column in columns])
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, count, len(columns) - 1)
    book.write_row(sheet, 0, [cells.text(column.name) for column in columns], _HEAD)
    for line, row in enumerate(zip(*(column.cells for column in columns), strict=True), start=1):
        book.write_row(sheet, line, [cells.value(cell) for cell in row])


def _width(column: PlainColumn) -> float:
    longest = max((len(text_of(cell)) for cell in column.cells[:300]), default=0)
    # Room for the arrow of the filter beside the name.
    return float(min(max(longest + 2, len(column.name) + 5, 8), WIDEST))


def _about(book: Spreadsheet, facts: Facts, cells: _Cells) -> None:
    sheet = book.sheet(_("About"), (24, 100))
    # The notes count what the rows needed, not what these facts do.
    notes = list(cells.notes())
    line = 0
    for heading, sentences in [*facts, *([(_("Changed for Excel"), notes)] if notes else [])]:
        for place, sentence in enumerate(sentences):
            if place == 0:
                book.write(sheet, line, 0, cells.text(heading), _HEAD)
            book.write(sheet, line, 1, cells.text(sentence), _SENTENCE)
            line += 1


@dataclass
class _Cells:
    """Values as a workbook holds them, and how many texts were cut, mended or kept from running for that."""

    cut: int = 0
    mended: int = 0
    kept: int = 0

    def value(self, cell: Any) -> Any:
        """A plain value as a workbook holds it: numbers, dates and truth values as such, the rest as text."""
        if isinstance(cell, str):
            return self.text(cell) or None
        # Excel keeps 15 digits: a longer whole number, such as an identifier, would end in zeros.
        if cell is None or (is_number(cell) and (isinstance(cell, float) or abs(cell) < 10**15)):
            return cell
        # Excel's days begin in 1900, and its moments know no time zone.
        if isinstance(cell, date) and cell.year > 1900 and not (isinstance(cell, datetime) and cell.tzinfo):
            return cell
        return self.text(text_of(cell)) or None

    def text(self, text: str) -> str:
        """A text as a workbook holds it."""
        clean = text
        if not text.isprintable():
            clean = CONTROL.sub(MISFIT, text.replace("\r\n", "\n").replace("\r", "\n"))
            self.mended += bool(CONTROL.search(text))
        safe = neutral(clean)
        self.kept += safe != clean
        if len(safe) <= LONGEST_CELL // 2:
            return safe
        # Excel counts in units of UTF-16.
        short = safe.encode("utf-16-le")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")
        self.cut += short != safe
        return short

    def notes(self) -> Iterator[str]:
        """A sentence for each kind of change."""
        sentences = (
            translate_plural(
                "{count} cell is cut to the 32,767 characters that Excel allows.",
                "{count} cells are cut to the 32,767 characters that Excel allows.",
                self.cut,
            ),
            translate_plural(
                "{count} cell held control characters; “�” stands in their place.",
                "{count} cells held control characters; “�” stands in their place.",
                self.mended,
            ),
            translate_plural(
                "{count} cell has an apostrophe before it, so that no program runs it as a formula.",
                "{count} cells have an apostrophe before them, so that no program runs them as formulas.",
                self.kept,
            ),
        )
        for count, sentence in zip((self.cut, self.mended, self.kept), sentences, strict=True):
            if count:
                yield sentence.format(count=number(count))
