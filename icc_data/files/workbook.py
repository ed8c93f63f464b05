"""Rows as an Excel workbook: a sheet of typed, filterable columns and a sheet that says what they are."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from icc_data.cells import PlainColumn, is_number, text_of
from icc_data.errors import AtlasError
from icc_data.formula import neutral
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
WIDEST = 60
# What XML, and so a workbook, cannot hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MISFIT = "\ufffd"
_DATA_SHEET = "xl/worksheets/sheet1.xml"
_ROWS_END = b"</sheetData>"

Facts = Sequence[tuple[str, Sequence[str]]]


def workbook(columns: Sequence[PlainColumn], facts: Facts) -> bytes:
    """A workbook with the sheets “Data” and “About”.

    Args:
        columns: the rows, by column.
        facts: for “About”: a heading and its lines each. What could not be taken over as it was is added.

    Raises:
        AtlasError: there are more rows than a worksheet holds.
    """
    # Loaded only for a workbook: everything else starts sooner without it.
    from openpyxl import Workbook

    count = len(columns[0].cells) if columns else 0
    if count > MOST_ROWS:
        raise AtlasError(
            _("A worksheet holds at most {most} rows, and these are {count}.").format(
                most=number(MOST_ROWS), count=number(count)
            ),
            _("Choose CSV or Parquet, or fewer rows."),
        )
    book = Workbook(write_only=True)
    book.properties.creator = "Intercultural Cities Atlas"
    cells = _Cells()
    data = book.create_sheet(_("Data"))
    _head(data, columns, cells)
    written = _rows(columns, cells, _date_style(data))
    _about(book.create_sheet(_("About")), facts, cells)
    out = io.BytesIO()
    book.save(out)
    return _with_rows(out, written)


def _with_rows(saved: io.BytesIO, written: bytes) -> bytes:
    """A saved workbook with more rows on its first sheet: openpyxl would take four times as long to write them."""
    out = io.BytesIO()
    with ZipFile(saved) as before, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=4) as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename == _DATA_SHEET:
                content = content.replace(_ROWS_END, written + _ROWS_END)
            after.writestr(part, content, ZIP_DEFLATED)
    return out.getvalue()


def _head(sheet: Any, columns: Sequence[PlainColumn], cells: _Cells) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(column)
    if columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(columns[0].cells) + 1}"
    sheet.append([_said(sheet, cells.text(column.name), bold=True) for column in columns])


def _width(column: PlainColumn) -> float:
    longest = max((len(text_of(cell)) for cell in column.cells[:300]), default=0)
    # Room for the arrow of the filter beside the name.
    return float(min(max(longest + 2, len(column.name) + 5, 8), WIDEST))


def _said(sheet: Any, text: str, *, bold: bool = False, wrap: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet, text)
    # openpyxl would take “#N/A” for an error.
    cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=wrap, vertical="top")
    return cell


def _date_style(sheet: Any) -> Callable[[date], str]:
    """What a date is written as: its style and the number of its day."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import datetime as excel_time

    styles = {}
    for kind, form in ((date, "yyyy-mm-dd"), (datetime, "yyyy-mm-dd hh:mm:ss")):
        cell = WriteOnlyCell(sheet)
        cell.number_format = form
        styles[kind] = cell.style_id
    day_number: Callable[[date], float] = excel_time.to_excel
    return lambda value: f'" s="{styles[type(value)]}"><v>{day_number(value)}</v></c>'


def _rows(columns: Sequence[PlainColumn], cells: _Cells, dated: Callable[[date], str]) -> bytes:
    """The rows below the header as they stand in a worksheet (ECMA-376, part 1, 18.3.1.4 and 18.3.1.73)."""
    from openpyxl.utils import get_column_letter

    letters = [f'<c r="{get_column_letter(place)}' for place in range(1, len(columns) + 1)]
    out = io.StringIO()
    for line, row in enumerate(zip(*(column.cells for column in columns), strict=True), start=2):
        out.write(f'<row r="{line}">')
        for letter, value in zip(letters, row, strict=True):
            cell = cells.value(value)
            if isinstance(cell, str):
                text = f' t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
                out.write(f'{letter}{line}"{text}')
            elif isinstance(cell, bool):
                out.write(f'{letter}{line}" t="b"><v>{cell:d}</v></c>')
            elif isinstance(cell, date):
                out.write(f"{letter}{line}{dated(cell)}")
            elif cell is not None:
                out.write(f'{letter}{line}"><v>{cell!r}</v></c>')
        out.write("</row>")
    return out.getvalue().encode()


def _about(sheet: Any, facts: Facts, cells: _Cells) -> None:
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 100
    # The notes count what the rows needed, not what these facts do.
    notes = list(cells.notes())
    for heading, lines in [*facts, *([(_("Changed for Excel"), notes)] if notes else [])]:
        for place, line in enumerate(lines):
            head = _said(sheet, cells.text(heading), bold=True) if place == 0 else None
            sheet.append([head, _said(sheet, cells.text(line), wrap=True)])


@dataclass
class _Cells:
    """Values as a workbook holds them, and how many texts were cut, mended or kept from running for that."""

    cut: int = 0
    mended: int = 0
    kept: int = 0

    def value(self, cell: Any) -> Any:
        """A plain value as a workbook holds it: numbers, dates and truth values as such, the rest as text."""
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
