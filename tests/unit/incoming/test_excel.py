"""A workbook is read whatever it says of itself, and one that cannot be read is an error that names it."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.errors import AtlasError
from icc_data.incoming.readers.excel import cell_text, excel_sheets
from icc_data.model.records import IndexScore, row_of
from tests.helpers.examples import in_one_folder
from tests.helpers.tables import DATA, read, read_text, the_practice, the_problem, write, write_excel


def test_excel_numbers_and_dates_are_read_as_what_they_are(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["city_id", "year", "policy_area", "score", "rank"])
    sheet.append(["lisbon", 2020, "overall", 70.5, 3.0])
    book.save(tmp_path / "scores.xlsx")
    (item,) = read(tmp_path / "scores.xlsx").accepted
    assert item.record == IndexScore(city_id="lisbon", year=2020, policy_area="overall", score=70.5, rank=3)


def test_excel_is_read_from_the_sheet_with_the_known_header(tmp_path: Path):
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Notes", "of the editor"])
    book.create_sheet("Practices").append(["title", "city_ids", "countries"])
    book["Practices"].append(["A kitchen", "Lisbon", "Portugal"])
    book.save(tmp_path / "book.xlsx")
    assert the_practice(read(tmp_path / "book.xlsx")).city_ids == ("lisbon",)


def test_a_cell_under_no_heading_is_not_dropped_in_silence(tmp_path: Path):
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["title"])
    book.active.append(["A kitchen", "a remark that would be lost"])
    book.save(tmp_path / "book.xlsx")
    assert read(tmp_path / "book.xlsx").problems != ()


def test_excel_rows_count_empty_rows(tmp_path: Path):
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in ([], ["title", "url"], [], ["B", "nowhere"]):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    assert the_problem(read(tmp_path / "book.xlsx")).line == 4


def _write_sheet(path: Path, rows: str, dimension: str = "") -> None:
    """A workbook whose sheet says of itself what a test wants it to."""
    write_excel(path, [{"title": "", "url": ""}])
    with ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}">{dimension}<sheetData>{head}{rows}</sheetData></worksheet>'
    with ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, sheet.encode() if name == "xl/worksheets/sheet1.xml" else part)


def test_what_a_workbook_says_of_its_size_does_not_cut_rows_off(tmp_path: Path):
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>P{n}</t></is></c></row>' for n in (2, 3, 4))
    _write_sheet(tmp_path / "book.xlsx", rows, '<dimension ref="A1:A2"/>')
    assert len(read(tmp_path / "book.xlsx").accepted) == 3


def test_a_workbook_that_reaches_too_far_is_an_error(tmp_path: Path):
    _write_sheet(
        tmp_path / "book.xlsx", "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 400))
    )
    with pytest.raises(AtlasError, match="reaches too far"):
        read(tmp_path / "book.xlsx")


def test_a_row_beyond_what_excel_has_does_not_keep_the_reader_busy(tmp_path: Path):
    _write_sheet(tmp_path / "book.xlsx", '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>')
    with pytest.raises(AtlasError, match="a row that says it is number 99999999999"):
        read(tmp_path / "book.xlsx")


@in_one_folder(40)
@given(kept=st.none() | st.floats(0, 1), flipped=st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=20))
def test_a_damaged_workbook_is_an_error_that_names_it(tmp_path: Path, kept: float | None, flipped: list[float]):
    path = write(tmp_path, ".xlsx", [row_of(practice) for practice in DATA.practices[:3]])
    raw = bytearray(path.read_bytes())
    if kept is not None:
        del raw[int(kept * len(raw)) :]
    # Places are shares of the length: a workbook written a second later is a few bytes longer or shorter.
    for place in {int(share * len(raw)) for share in flipped if raw}:
        raw[place] ^= 0xFF
    path.write_bytes(raw)
    try:
        result = read(path)
    except AtlasError as error:
        assert path.name in str(error)  # noqa: PT017
    else:
        assert len(result.accepted) <= 3


def test_a_text_called_xlsx_is_no_workbook(tmp_path: Path):
    with pytest.raises(AtlasError, match="not an Excel workbook"):
        read_text(tmp_path, "title\nA\n", "book.xlsx")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, ""),
        (3.0, "3"),
        (70.5, "70.5"),
        (2019, "2019"),
        (datetime(2020, 2, 3, 4, 5), "2020-02-03"),
        (date(2020, 2, 3), "2020-02-03"),
        (["lisbon", 3.0, None], "lisbon; 3; "),
        ("=1+1", "=1+1"),
    ],
)
def test_a_value_has_the_text_that_a_table_would_hold(value: Any, text: str):
    assert cell_text(value) == text


def test_every_sheet_gives_its_rows_that_hold_something_with_their_numbers(tmp_path: Path):
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["a", None, 1], [None, " "], ["b"]):
        book.active.append(row)
    book.create_sheet("Empty")
    book.save(tmp_path / "book.xlsx")
    first, empty = excel_sheets(tmp_path / "book.xlsx")
    assert first == [(1, ["a", "", "1"]), (3, ["b"])]
    assert empty == []


def test_a_workbook_whose_parts_are_no_xml_is_an_error_that_names_it(tmp_path: Path):
    whole = BytesIO()
    openpyxl.Workbook().save(whole)
    path = tmp_path / "broken.xlsx"
    with ZipFile(whole) as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"" if name == "xl/workbook.xml" else old.read(name))
    with pytest.raises(AtlasError, match=r"broken\.xlsx is not an Excel workbook"):
        excel_sheets(path)
