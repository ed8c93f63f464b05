"""The rows that could not be taken, as a workbook in which each bad cell is marked and explained."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from icc_data.errors import Problem
from icc_data.i18n import in_quotes
from icc_data.i18n import translate as _
from icc_data.incoming.contributions.checking import Contribution, RefusedRow
from icc_data.incoming.contributions.upload import readable

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from icc_data.spreadsheet import Spreadsheet

_BAD = {"bg_color": "#F8D7A8"}
_LONGEST_CELL = 32_000


def corrections(contributions: Iterable[Contribution]) -> bytes:
    """A workbook with two sheets: every problem, and every refused row as it stood with its bad cells marked.

    Cells that a spreadsheet would run as a formula are written as text.
    """
    # Loaded only for a workbook: everything else starts sooner without it.
    from icc_data.spreadsheet import Spreadsheet

    checked = list(contributions)
    book = Spreadsheet(_("What to mend"))
    _problems(book, [problem for contribution in checked for problem in contribution.problems])
    _refused_rows(book, [row for contribution in checked for row in contribution.refused])
    return book.content()


def _problems(book: Spreadsheet, problems: Iterable[Problem]) -> None:
    sheet = book.sheet(_("What to mend"), (24, 8, 24, 34, 90))
    sheet.freeze_panes(1, 0)
    _write(book, sheet, 0, [_("File"), _("Row"), _("Column"), _("Value"), _("What is wrong")])
    for line, problem in enumerate(problems, start=1):
        _write(book, sheet, line, [problem.file, problem.line or None, problem.column, problem.value, problem.reason])


def _refused_rows(book: Spreadsheet, rows: Sequence[RefusedRow]) -> None:
    headings = columns_of_rows(rows)
    places = {name: place for place, name in enumerate(headings, start=2)}
    sheet = book.sheet(_("Refused rows"), (24, 8, *[26] * len(headings)))
    sheet.freeze_panes(1, 0)
    _write(book, sheet, 0, [_("File"), _("Row"), *headings])
    for line, row in enumerate(rows, start=1):
        reasons = {places[name]: reason for name, reason in reasons_by_column(row).items() if name in places}
        values: list[str | int | None] = [row.file, row.line, *(row.cells.get(name, "") for name in headings)]
        _write(book, sheet, line, values, bad=reasons.keys())
        for place, reason in reasons.items():
            sheet.write_comment(line, place, reason[:_LONGEST_CELL], {"height": 120, "width": 320})


def _write(
    book: Spreadsheet,
    sheet: Worksheet,
    line: int,
    values: Sequence[str | int | None],
    bad: Collection[int] = (),
) -> None:
    from icc_data.spreadsheet import HEAD, TEXT, WRAPPED

    for place, value in enumerate(values):
        look = TEXT | HEAD if line == 0 else TEXT | WRAPPED
        if place in bad:
            look = look | _BAD
        if isinstance(value, int):
            book.write(sheet, line, place, value, WRAPPED)
        elif value or place in bad:
            book.write(sheet, line, place, readable(value or "")[:_LONGEST_CELL].replace("\r", "\n"), look)


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
    names: dict[str, None] = {}
    for row in rows:
        wrong = {problem.column for problem in row.problems}
        names.update(dict.fromkeys(name for name, cell in row.cells.items() if cell.strip() or name in wrong))
    return list(names)


def reasons_by_column(row: RefusedRow) -> dict[str, str]:
    """Why a row was refused, by the column in which it went wrong."""
    reasons: dict[str, str] = {}
    for problem in row.problems:
        words = f"{in_quotes(problem.value)} {problem.reason}" if problem.value else problem.reason
        reasons[problem.column] = f"{reasons[problem.column]}\n{words}" if problem.column in reasons else words
    return reasons
