"""Excel workbooks in the style of the house: written row by row, every text a text, so that nothing in them runs.

Loaded only where a workbook is written: everything else starts sooner without it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from math import ceil
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.core import Core
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

from icc_data.i18n import language
from icc_data.i18n import translate as _

HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#4C43B0"}
WRAPPED = {"text_wrap": True, "valign": "top"}
# Taken as text whatever it looks like, also when somebody edits it.
TEXT = {"num_format": "@", "quote_prefix": True}
_DAY, _MOMENT = {"num_format": "yyyy-mm-dd"}, {"num_format": "yyyy-mm-dd hh:mm:ss"}
# Of the standard letters, Calibri 11, by which the width of a column is counted.
_DIGIT_PIXELS = 7
# In points. Lines end at words, before the column does.
_LINE_HEIGHT, _TALLEST, _ROOM = 15, 408.75, 0.85

Look = Mapping[str, Any]


class _Sheet(Worksheet):
    def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
        # XlsxWriter would round to 16 digits, and the largest numbers up to infinity.
        look = "".join(f' {name}="{value}"' for name, value in attributes)
        out: Any = self.fh
        out.write(f"<c{look}><v>{number!r}</v></c>")

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        # XlsxWriter would take a text from “<r>” to “</r>” for its own XML.
        self._xml_inline_string(string, True, attributes)


class _Core(Core):
    def _write_cp_content_status(self) -> None:
        # The last that XlsxWriter writes of what a file says of itself. It knows no language.
        super()._write_cp_content_status()
        self._xml_data_element("dc:language", language())


class _Packager(Packager):
    def _write_core_file(self) -> None:
        book: Any = self
        core = _Core()
        core._set_properties(book.workbook.doc_properties)
        core._set_xml_writer(book._filename("docProps/core.xml"))
        core._assemble_xml_file()


class _Book(Workbook):
    def _get_packager(self) -> Packager:
        return _Packager()


class Spreadsheet:
    """A workbook that is being written, each sheet row by row from the top: only one row is kept in memory.

    Args:
        title: what the file says that it is called; its author is the atlas, its language that of this run.
    """

    def __init__(self, title: str) -> None:
        self._out = io.BytesIO()
        # Rows that are written wait here; it goes with the workbook, also where that is never finished.
        self._folder = TemporaryDirectory(prefix="atlas-")
        self._book = _Book(self._out, {"constant_memory": True, "tmpdir": self._folder.name})
        self._author = _("Intercultural Cities Atlas")
        self._book.set_properties({"author": self._author, "title": title})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._widths: dict[str, tuple[float, ...]] = {}
        self._tall: tuple[str, int, int] = ("", 0, 1)

    def sheet(self, name: str, widths: Sequence[float] = (), look: Look | None = None) -> Worksheet:
        """A new sheet.

        Args:
            name: what it is called.
            widths: of its columns, in digits.
            look: of the cells in them that nothing is written to.
        """
        sheet: Worksheet = self._book.add_worksheet(name, worksheet_class=_Sheet)
        sheet.set_comments_author(self._author)
        self._widths[name] = tuple(widths)
        for place, width in enumerate(widths):
            sheet.set_column_pixels(place, place, round(width * _DIGIT_PIXELS), self.look(look))
        return sheet

    def chart(self, kind: str, subtype: str = "") -> Any:
        """A new chart, to be put on a sheet.

        Args:
            kind, subtype: by XlsxWriter’s names, such as ``column`` and ``stacked``.
        """
        return self._book.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})

    def look(self, look: Look | None) -> Format | None:
        """How a cell looks, by XlsxWriter's names of its properties; equal looks are one."""
        if not look:
            return None
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(dict(look))
        return self._formats[key]

    def write(self, sheet: Worksheet, row: int, column: int, value: object, look: Look | None = None) -> None:
        """Write a cell: a number, truth value, date or moment as such, a text as text; None and "" leave it empty.

        Args:
            sheet: the sheet.
            row, column: from 0.
            value: the value; a text has at most 32 767 characters and no control characters.
            look: how the cell looks; a date that has none looks like a date.

        Raises:
            ValueError: the sheet does not take it.
        """
        form = self.look(look)
        done = 0
        if value is None or value == "":
            # Without a look nothing is written.
            done = sheet.write_blank(row, column, None, form)
        elif isinstance(value, str):
            done = sheet.write_string(row, column, value, form)
            if look and look.get("text_wrap"):
                self._make_room(sheet, row, column, value)
        elif isinstance(value, bool):
            done = sheet.write_boolean(row, column, value, form)
        elif isinstance(value, datetime):
            done = sheet.write_datetime(row, column, value, form or self.look(_MOMENT))
        elif isinstance(value, date):
            done = sheet.write_datetime(row, column, datetime.combine(value, time()), form or self.look(_DAY))
        elif isinstance(value, int | float):
            done = sheet.write_number(row, column, value, form)
        else:
            raise ValueError(f"{type(value).__name__} is nothing that a cell holds")
        if done < 0:
            raise ValueError(f"row {row}, column {column} does not take this value")

    def _make_room(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        """Make a row as high as its longest wrapped text needs: not every program does so when it opens the file."""
        widths = self._widths[str(sheet.name)]
        if column >= len(widths):
            return
        letters = max(widths[column] * _ROOM, 1)
        lines = sum(max(ceil(len(part) / letters), 1) for part in text.splitlines())
        name, tall_row, most = self._tall
        if (name, tall_row) != (str(sheet.name), row):
            most = 1
        if lines > most:
            sheet.set_row(row, min(lines * _LINE_HEIGHT, _TALLEST))
        self._tall = (str(sheet.name), row, max(lines, most))

    def write_row(self, sheet: Worksheet, row: int, values: Sequence[object], look: Look | None = None) -> None:
        """Write the cells of a row from its first column on."""
        for column, value in enumerate(values):
            self.write(sheet, row, column, value, look)

    def content(self) -> bytes:
        """The file; nothing can be written any more."""
        self._book.close()
        self._folder.cleanup()
        return self._out.getvalue()
