"""The rows that could not be taken, as a workbook in which each bad cell is marked and explained."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from icc_data.i18n import translate as _
from icc_data.incoming.contributions.checking import Contribution, RefusedRow
from icc_data.incoming.contributions.upload import readable

_BAD, _HEAD, _ON_HEAD = "F8D7A8", "4C43B0", "FFFFFF"
_LONGEST_CELL = 32_000


def corrections(contributions: Iterable[Contribution]) -> bytes:
    """A workbook with two sheets: every problem, and every refused row as it stood with its bad cells marked.

    Cells that a spreadsheet would run as a formula are written as text.
    """
    # Loaded only for a workbook: everything else starts sooner without it.
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    found = list(contributions)
    book = Workbook()
    problems: Any = book.active
    problems.title = _("What to mend")
    styles = _styles(problems)
    _write(problems, 1, [_("File"), _("Row"), _("Column"), _("Value"), _("What is wrong")], styles)
    told = (problem for contribution in found for problem in contribution.problems)
    for number, problem in enumerate(told, start=2):
        _write(
            problems,
            number,
            [problem.file, problem.line or None, problem.column, problem.value, problem.reason],
            styles,
        )
    _finish(problems, (24, 8, 24, 34, 90))

    refused = [row for contribution in found for row in contribution.refused]
    sheet = book.create_sheet(_("Refused rows"))
    headings = columns_of_rows(refused)
    places = {name: place for place, name in enumerate(headings, start=3)}
    _write(sheet, 1, [_("File"), _("Row"), *headings], styles)
    for number, row in enumerate(refused, start=2):
        _write(sheet, number, [row.file, row.line, *(row.cells.get(name, "") for name in headings)], styles)
        for name, reasons in reasons_by_column(row).items():
            if name in places:
                cell = sheet.cell(number, places[name])
                cell._style = styles["bad"]
                cell.comment = Comment(reasons, "Intercultural Cities Atlas", height=120, width=320)
    _finish(sheet, (24, 8, *[26] * len(headings)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_in_place(rows: Sequence[RefusedRow], mark: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Refused rows as they stand in their file, and a frame of the same shape with ``mark`` where a cell is bad."""
    columns = columns_of_rows(rows)
    header = [_("Row"), *columns]
    cells = [[row.line, *(row.cells.get(name, "") for name in columns)] for row in rows]
    wrong = [reasons_by_column(row) for row in rows]
    marks = [["", *(mark if name in reasons else "" for name in columns)] for reasons in wrong]
    return pd.DataFrame(cells, columns=header), pd.DataFrame(marks, columns=header)


def columns_of_rows(rows: Iterable[RefusedRow]) -> list[str]:
    """The columns of refused rows in which anything stands or is wrong, in the order in which they come."""
    found: dict[str, None] = {}
    for row in rows:
        wrong = {problem.column for problem in row.problems}
        found.update(dict.fromkeys(name for name, cell in row.cells.items() if cell.strip() or name in wrong))
    return list(found)


def reasons_by_column(row: RefusedRow) -> dict[str, str]:
    """Why a row was refused, by the column in which it went wrong."""
    reasons: dict[str, str] = {}
    for problem in row.problems:
        said = f"“{problem.value}” {problem.reason}" if problem.value else problem.reason
        reasons[problem.column] = f"{reasons[problem.column]}\n{said}" if problem.column in reasons else said
    return reasons


def _styles(sheet: Any) -> dict[str, Any]:
    """How cells look: made once, as openpyxl takes far longer to find that a cell looks like another one."""
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Font, PatternFill

    cells: dict[str, Any] = {name: Cell(sheet, 1, 1) for name in ("head", "number", "text", "bad")}
    for name, cell in cells.items():
        if name in ("head", "text", "bad"):
            # Set as what it is, whatever it looks like.
            cell.number_format = "@"
            cell.quotePrefix = True
        if name != "head":
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    cells["head"].font = Font(bold=True, color=_ON_HEAD)
    cells["head"].fill = PatternFill("solid", fgColor=_HEAD)
    cells["bad"].fill = PatternFill("solid", fgColor=_BAD)
    return {name: cell._style for name, cell in cells.items()}


def _write(sheet: Any, row: int, values: Sequence[str | int | None], styles: Mapping[str, Any]) -> None:
    for place, value in enumerate(values, start=1):
        if value in (None, ""):
            continue
        cell = sheet.cell(row, place)
        if isinstance(value, int):
            cell.value = value
            cell._style = styles["number"]
        else:
            cell.value = readable(value)[:_LONGEST_CELL].replace("\r", "\n")
            cell.data_type = "s"
            cell._style = styles["head" if row == 1 else "text"]


def _finish(sheet: Any, widths: Sequence[int]) -> None:
    from openpyxl.utils import get_column_letter

    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
