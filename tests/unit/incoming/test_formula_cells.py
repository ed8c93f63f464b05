"""A formula whose result is not in the workbook is told at its row and column, and its row is not taken."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from icc_data.incoming.readers.excel import Formula, excel_sheets
from tests.helpers.tables import read, the_practice, the_problem

HEADER = ("Title", "City", "Year or period", "Policy area 1", "Policy area 2", "Summary")
GARDEN = ("A garden for all", "Lisbon", "2019", "Education", "", "Neighbours plant.")


def workbook(folder: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Path:
    """A workbook that no spreadsheet program has computed."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (header, *rows):
        book.active.append([cell or None for cell in row])
    book.save(folder / "filled.xlsx")
    return folder / "filled.xlsx"


def computed(path: Path, kind: str, result: str) -> Path:
    """The same workbook with a result beside each of its formulas."""
    with ZipFile(path) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(
        r'<c r="(\w+)"([^>]*)><f>(.*?)</f><v ?(?:/>|></v>)',
        rf'<c r="\1"{kind}><f>\3</f><v>{result}</v>',
        parts[sheet],
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return path


def with_summary(summary: str) -> tuple[str, ...]:
    return (*GARDEN[:-1], summary)


def test_it_is_told_at_its_row_and_column_with_what_it_says(tmp_path: Path) -> None:
    problem = the_problem(read(workbook(tmp_path, GARDEN, with_summary("=A2&B2"))))
    assert (problem.line, problem.column, problem.value) == (3, "summary", "=A2&B2")
    assert "formula without its result" in problem.reason


def test_the_other_rows_are_taken(tmp_path: Path) -> None:
    result = read(workbook(tmp_path, with_summary("=A1"), GARDEN))
    assert [item.line for item in result.accepted] == [3]
    assert [row.line for row in result.rejected] == [2]


def test_the_refused_row_shows_the_formula(tmp_path: Path) -> None:
    (rejected,) = read(workbook(tmp_path, with_summary("=A1"))).rejected
    assert rejected.row["Summary"] == "=A1"


def test_it_is_told_once_with_everything_else_that_is_wrong(tmp_path: Path) -> None:
    row = ("=A1", "Atlantis", "2025-2019", "", "=D2", "")
    problems = read(workbook(tmp_path, row)).problems
    assert [(problem.column, problem.value) for problem in problems] == [
        ("title", "=A1"),
        ("policy_areas", "=D2"),
        ("city_ids", "Atlantis"),
        ("when_text", "2025-2019"),
    ]


def test_a_row_of_nothing_but_formulas_is_not_dropped(tmp_path: Path) -> None:
    assert the_problem(read(workbook(tmp_path, ("=A1", "", "", "", "", "")))).column == "title"


def test_in_another_table_it_keeps_the_name_of_its_column(tmp_path: Path) -> None:
    header = ("city_id", "year", "policy_area", "score")
    problem = the_problem(read(workbook(tmp_path, ("lisbon", "2020", "overall", "=1+1"), header=header)))
    assert (problem.line, problem.column, problem.value) == (2, "score", "=1+1")


def test_a_formula_with_its_result_is_read_as_the_result(tmp_path: Path) -> None:
    path = computed(workbook(tmp_path, with_summary("=A2&B2")), ' t="str"', "Neighbours dig.")
    assert the_practice(read(path)).summary == "Neighbours dig."


def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    path = computed(workbook(tmp_path, with_summary("=A2&B2")), ' t="str"', "")
    assert the_practice(read(path)).summary is None


@pytest.mark.parametrize("text", ["'=A1", "= is no formula here"])
def test_a_text_that_looks_like_a_formula_is_a_text(tmp_path: Path, text: str) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["title"])
    book.active.append(["x"])
    cell = book.active["A2"]
    cell.value, cell.data_type = text, "s"
    book.save(tmp_path / "filled.xlsx")
    assert the_practice(read(tmp_path / "filled.xlsx")).title == text.removeprefix("'")


def test_formulas_far_down_a_large_sheet_are_found(tmp_path: Path) -> None:
    rows = [with_summary("Neighbours plant. " * 40)] * 2000
    (sheet,) = excel_sheets(workbook(tmp_path, *rows, with_summary("=SUM(1,2)")))
    number, cells = sheet[-1]
    assert (number, cells[-1], isinstance(cells[-1], Formula)) == (2002, "=SUM(1,2)", True)
