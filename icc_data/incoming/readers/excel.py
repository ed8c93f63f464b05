"""The cells of an Excel workbook as text, sheet by sheet."""

from __future__ import annotations

import io
import re
import warnings
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import iterparse
from zipfile import BadZipFile

from icc_data.errors import AtlasError
from icc_data.i18n import translate
from icc_data.incoming.readers.files import bytes_of
from icc_data.model.columns import LIST_SEPARATOR

SheetRow = tuple[int, list[str]]

LAST_ROW = 1_048_576
MOST_CELLS = 2_000_000

_SOME_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_SOME_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\s(?:[^<>]*\s)?r=[\"'](-?\d+)")

# What openpyxl raises on a file that is no workbook, or a damaged one. XML that is none is a SyntaxError to Python
# and to lxml alike: openpyxl takes the parser of the latter where it is installed.
_DAMAGED = (
    BadZipFile,
    SyntaxError,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Formula(str):
    """A formula as it is written, “=” first, of a cell whose result is not in the file."""

    __slots__ = ()


def excel_sheets(path: Path) -> list[list[SheetRow]]:
    """The rows of each sheet that hold something, with their numbers; of formulas the values last computed.

    A formula that no program has computed yet, as one that a script wrote, is a ``Formula``.

    Raises:
        AtlasError: the file is no workbook, or one with too many cells.
    """
    # Loaded only for a workbook: everything else starts sooner without it.
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return _sheets(path)
    except (InvalidFileException, *_DAMAGED):
        raise AtlasError(
            translate("{file} is not an Excel workbook.").format(file=path.name),
            translate("Save it again as .xlsx, or as CSV."),
        ) from None


def _sheets(path: Path) -> list[list[SheetRow]]:
    from openpyxl import load_workbook

    # What openpyxl has to remark on a workbook is for those who write workbooks, not for those who read them here.
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    book = load_workbook(io.BytesIO(bytes_of(path)), read_only=True, data_only=True)
    seen = 0

    def too_far() -> AtlasError:
        return AtlasError(
            translate("{file} reaches too far: more than {most} cells, empty ones between others counted.").format(
                file=path.name, most=MOST_CELLS
            ),
            translate("Delete what stands far to the right or far below, or save the table as CSV."),
        )

    def rows(sheet: Any) -> Iterator[SheetRow]:
        nonlocal seen
        # openpyxl reads a whole row before it gives one, and leaves out rows that no sheet can have.
        count, strange, has_formulas = _looked_through(sheet)
        if count > MOST_CELLS:
            raise too_far()
        if strange:
            raise AtlasError(
                translate("{file} has a row that says it is number {number}, and a sheet has rows 1 to {last}.").format(
                    file=path.name, number=strange, last=LAST_ROW
                ),
                translate("Open it in Excel or LibreOffice and save it again, or save the table as CSV."),
            )
        # What a workbook says of its own size may be wrong, and would cut its rows off.
        sheet.reset_dimensions()
        uncomputed = _uncomputed(sheet) if has_formulas else {}
        filled = sheet.iter_rows(max_row=LAST_ROW)
        for number, values in enumerate(filled, start=1):
            seen += len(values)
            if seen > MOST_CELLS:
                raise too_far()
            cells = [cell_text(_as_seen(cell)) for cell in values]
            for place, formula in uncomputed.get(number, {}).items():
                cells[place - 1] = formula
            if any(cell.strip() for cell in cells):
                yield number, cells

    sheets = [list(rows(sheet)) for sheet in book.worksheets]
    book.close()
    return sheets


def _uncomputed(sheet: Any) -> dict[int, dict[int, Formula]]:
    """The formulas of a sheet without a result, by row and column; one that gave an empty text has a result."""
    from openpyxl.utils.cell import coordinate_to_tuple

    # openpyxl reads either formulas or results; only the sheet itself tells a result that is missing from none.
    formulas: dict[int, dict[int, Formula]] = {}
    with sheet._get_source() as source:
        for seen, (_, element) in enumerate(iterparse(source)):
            if seen > 5 * MOST_CELLS:
                break
            kind = element.tag.rpartition("}")[2]
            if kind == "row":
                element.clear()
            if kind != "c":
                continue
            parts = {part.tag.rpartition("}")[2]: part.text or "" for part in element}
            if "f" in parts and not parts.get("v") and element.get("t") != "str" and element.get("r"):
                row, place = coordinate_to_tuple(element.get("r", ""))
                formulas.setdefault(row, {})[place] = Formula(f"={parts['f']}")
    return formulas


def _looked_through(sheet: Any) -> tuple[int, str, bool]:
    """How many cells a sheet holds, the number of a row that no sheet can have, and whether there are formulas."""
    count, strange, has_formulas, last = 0, "", False, b""
    with sheet._get_source() as source:
        while count <= MOST_CELLS and (part := source.read(1_000_000)):
            # A mark that is cut in two belongs to what comes next.
            whole, cut, begun = (last + part).rpartition(b"<")
            last = cut + begun
            count += len(_SOME_CELL.findall(whole))
            has_formulas = has_formulas or bool(_SOME_FORMULA.search(whole))
            numbers = [int(number) for number in _ROW_NUMBER.findall(whole) if len(number) < 20]
            strange = strange or next((str(number) for number in numbers if not 0 < number <= LAST_ROW), "")
    return count, strange, has_formulas


def _as_seen(cell: Any) -> object:
    """The value of a cell; a percentage as Excel shows it, as it keeps 0.7 of “70 %”."""
    value: object = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        return f"{round(value * 100, 10):g} %"
    return value


def cell_text(value: object) -> str:
    """The text of a value as Excel or JSON holds it: a whole number without decimals, a date as YYYY-MM-DD."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return LIST_SEPARATOR.join(cell_text(part) for part in value)
    return str(value)
