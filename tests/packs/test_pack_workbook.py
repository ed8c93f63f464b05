"""Packs as workbooks, read back: typed cells, native charts on their rows, heads that stay, sheets ready to print."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import duckdb
import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from icc_data import queries
from icc_data.files.pack.model import Chart, Entries, Table
from tests.helpers.packs import EVERY, NONE, RICHEST, SPAIN, Packs


@cache
def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def book(packs: Packs, name: str) -> Any:
    return opened(packs.file(name, "xlsx"))


def tables(packs: Packs, name: str) -> list[Table]:
    """The rows that a workbook has a sheet for."""
    parts = [part for section in packs.pack(name).sections for part in section.parts]
    rows = [p.table() if isinstance(p, Chart) else p.rows() if isinstance(p, Entries) else p for p in parts]
    return [table for table in rows if isinstance(table, Table)]


@pytest.mark.parametrize("name", EVERY)
def test_each_chart_table_and_list_has_a_sheet_with_its_rows(packs: Packs, name: str):
    _summary, *sheets = book(packs, name).worksheets
    for sheet, table in zip(sheets, tables(packs, name), strict=True):
        head, *rows = sheet.iter_rows(values_only=True, max_col=len(table.columns))
        assert list(head) == [column.label for column in table.columns]
        assert len(rows) == len(table.frame)


@pytest.mark.parametrize("name", ["reci", "benchmark"])
def test_numbers_are_numbers_and_what_is_not_known_is_empty(packs: Packs, name: str):
    for sheet, table in zip(book(packs, name).worksheets[1:], tables(packs, name), strict=True):
        for at, column in enumerate(table.columns):
            cells = [row[at].value for row in sheet.iter_rows(min_row=2, max_col=len(table.columns))]
            meant = [column.plain(value) for value in table.frame[column.name]]
            if column.kind != "text":
                assert cells == [None if value is None else pytest.approx(value) for value in meant]
                assert all(value is None or isinstance(value, int | float) for value in cells)


def test_a_workbook_has_all_practices_of_which_paper_has_the_first(packs: Packs, atlas: duckdb.DuckDBPyConnection):
    listed = book(packs, "reci")["Practices"]
    assert listed.max_row - 1 == queries.practice_count(atlas, SPAIN) > 30


@pytest.mark.parametrize("name", EVERY)
def test_each_chart_is_native_and_drawn_from_the_cells_beside_it(packs: Packs, name: str):
    charts = [(sheet, chart) for sheet in book(packs, name).worksheets for chart in sheet._charts]
    meant = list(packs.pack(name).charts())
    assert len(charts) == len(meant)
    for (sheet, chart), pack_chart in zip(charts, meant, strict=True):
        last = len(pack_chart.frame) + 1
        place = f"'{sheet.title}'" if " " in sheet.title else sheet.title
        letters = "BCDEFG"[: len(pack_chart.series)]
        cells = [f"{place}!${letter}$2:${letter}${last}" for letter in letters]
        assert [series.val.numRef.f for series in chart.series] == cells


@pytest.mark.parametrize("name", EVERY)
def test_heads_stay_come_again_in_print_and_each_sheet_knows_what_to_print(packs: Packs, name: str):
    for sheet in book(packs, name).worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_area
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "&P / &N"
    for sheet in book(packs, name).worksheets[1:]:
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.auto_filter.ref


def printed_at(sheet: Any) -> float:
    """At how much of its size a sheet as wide as its page is printed, at most as it is."""
    first, _top, last, _bottom = range_boundaries(str(sheet.print_area).rpartition("!")[2].replace("$", ""))
    letters = [get_column_letter(column) for column in range(first, last + 1)]
    # Digits of a column that has no width of its own; points of a digit; inches of A4, and points of one.
    digits = sum(sheet.column_dimensions[at].width if at in sheet.column_dimensions else 9.14 for at in letters)
    paper = 11.69 if sheet.page_setup.orientation == "landscape" else 8.27
    return min(1, 72 * (paper - sheet.page_margins.left - sheet.page_margins.right) / (digits * 5.25))


@pytest.mark.parametrize("name", EVERY)
def test_no_sheet_is_printed_too_small_to_read(packs: Packs, name: str):
    small = {sheet.title: printed_at(sheet) for sheet in book(packs, name).worksheets if printed_at(sheet) < 0.6}
    assert not small


def test_the_heads_of_a_matrix_stand_upright_and_those_of_other_tables_lie(packs: Packs):
    matrix, other = book(packs, "review")["Networks and policy areas"], book(packs, "review")["Cities by network"]
    assert [matrix.cell(1, column).alignment.textRotation for column in (1, 2, 18)] == [0, 90, 90]
    assert {cell.alignment.textRotation for cell in other[1]} == {0}


@pytest.mark.parametrize("name", [f"city {RICHEST}", f"city {NONE}"])
def test_the_summary_says_what_the_pack_says(packs: Packs, name: str):
    pack = packs.pack(name)
    told = [str(cell) for row in book(packs, name).worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert told[0] == pack.title
    # What begins with a sign that begins a formula has an apostrophe before it.
    plain = {text.removeprefix("'") for text in told}
    assert set(pack.scope) | set(pack.findings) | set(pack.method) | set(pack.sources) <= plain


def test_columns_are_as_wide_as_what_they_hold(packs: Packs):
    sheet = book(packs, f"city {RICHEST}")["Practices by policy area"]
    widths = {letter: sheet.column_dimensions[letter].width for letter in "AB"}
    assert widths["A"] > len("Intercultural intelligence and competence") * 0.8
    assert 8 <= widths["B"] < widths["A"]
