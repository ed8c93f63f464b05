"""The template for a city's own Index results: a workbook that asks for the year once, and a CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from icc_data.i18n import translate as _

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from icc_data.spreadsheet import Spreadsheet

# The pilot of the Index; and far enough.
FIRST_YEAR, LAST_YEAR = 2008, 2100
_TO_FILL = {"bg_color": "#FFF6D6", "border": 1, "border_color": "#B8BCC6", "num_format": "@", "valign": "top"}
_BIG = {"bold": True, "font_size": 14}
_WIDTHS = (40, 18, 90)
# Where the year is asked, and where the scores begin; rows from 0.
_YEAR_ROW, _HEAD_ROW = 2, 4


def results_template(city: str, areas: Mapping[str, str]) -> str:
    """A table for a city's own Index results: CSV with a row for each policy area; the year stands in the first alone.

    Args:
        city: what the city is called in the gazetteer.
        areas: what the areas are called, by code; ``overall`` is one of them.
    """
    out = io.StringIO()
    rows = [(city, "", label, "") for label in areas.values()]
    csv.writer(out, lineterminator="\r\n").writerows([("City", "Year of the edition", "Policy area", "Score"), *rows])
    return "\ufeff" + out.getvalue()


def results_workbook(city: str, areas: Mapping[str, str], meanings: Mapping[str, str]) -> bytes:
    """A workbook for a city's own Index results: its year, a score for each area, and how to fill it.

    Cells to fill are text, so that Excel does not make 0.7 of “70 %”; what is filled in is read by ``readers.read``.

    Args:
        city: what the city is called in the gazetteer.
        areas: what the areas are called, by code; ``overall`` is one of them.
        meanings: what each area means, where that is known.
    """
    # Loaded only for a workbook: everything else starts sooner without it.
    from icc_data.spreadsheet import HEAD, WRAPPED, Spreadsheet

    book = Spreadsheet(_("Index results: the template"))
    sheet = book.sheet(_("Index results"), _WIDTHS)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    book.write_row(sheet, 0, ("City", city), _BIG)
    book.write(sheet, _YEAR_ROW, 0, "Year of the edition", {"bold": True, "valign": "top"})
    book.write(sheet, _YEAR_ROW, 1, None, _TO_FILL)
    book.write(sheet, _YEAR_ROW, 2, _("Once, for all scores below. Results of two years go into two copies."), WRAPPED)
    book.write_row(sheet, _HEAD_ROW, ("Policy area", "Score", "What it means"), HEAD)
    for line, (code, label) in enumerate(areas.items(), start=_HEAD_ROW + 1):
        book.write(sheet, line, 0, label, WRAPPED | {"bold": code == "overall"})
        book.write(sheet, line, 1, None, _TO_FILL)
        book.write(sheet, line, 2, meanings.get(code, ""), WRAPPED)
    _validate(sheet, _HEAD_ROW + len(areas))
    _instructions(book)
    return book.content()


def _validate(sheet: Worksheet, last: int) -> None:
    """What Excel says beside the cells to fill, and what it refuses."""
    year = _number_in(f"B{_YEAR_ROW + 1}")
    sheet.data_validation(
        _YEAR_ROW,
        1,
        _YEAR_ROW,
        1,
        {
            "validate": "custom",
            "value": f"=AND({year}>={FIRST_YEAR},{year}<={LAST_YEAR},{year}=INT({year}))",
            "input_title": _("Year of the edition"),
            "input_message": _("The year of the Index report, as 2025. Only scores of one edition are compared."),
            "error_title": _("Not a year"),
            "error_message": _("Write a year with four digits, as 2025."),
        },
    )
    score = _number_in(f"B{_HEAD_ROW + 2}")
    sheet.data_validation(
        _HEAD_ROW + 1,
        1,
        last,
        1,
        {
            "validate": "custom",
            "value": f"=AND({score}>=0,{score}<=100)",
            "input_title": _("Score, 0 to 100"),
            "input_message": _("As the report has it: 70, 70.5, 70,5 or 70 %. Leave it empty where there is none."),
            "error_title": _("Not a score"),
            "error_message": _("Write a number from 0 to 100, as 70 or 70,5."),
        },
    )


def _number_in(cell: str) -> str:
    """A formula for the number in a cell of text, whatever the language of the program."""
    plain = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},"%",""),",",".")," ","")'
    return f'_xlfn.NUMBERVALUE({plain},"."," ")'


def how_to_fill() -> tuple[str, ...]:
    """The rules of the workbook, a sentence each, in the language in use."""
    return (
        _("Write the year of the edition once, in the yellow cell at the top."),
        _("Write the scores that you have in the yellow cells; those that stay empty are passed over."),
        _("A score is a number from 0 to 100, as the Index report has it: 70, 70.5, 70,5 and 70 % are all read."),
        _("“Overall” is the result for the whole Index; it is not computed from the areas."),
        _("Leave city, headings and names of the areas as they are. Results of another edition go into another copy."),
        _("Bring it along under “Your own results” on the page of the benchmark or audit. Nothing of it is stored."),
    )


def _instructions(book: Spreadsheet) -> None:
    from icc_data.spreadsheet import WRAPPED

    sheet: Any = book.sheet(_("How to fill it"), (120,))
    book.write(sheet, 0, 0, _("How to fill the template"), _BIG)
    for line, rule in enumerate(how_to_fill(), start=1):
        book.write(sheet, line, 0, f"{line}. {rule}", WRAPPED)
