"""No text of a file is run by a spreadsheet, and what was kept from running can be had back."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.files.export import Provenance
from icc_data.formula import neutral, restored
from tests.helpers.exported import ROWS, about, book, csv_rows, sheet_rows


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+351 21", "-x", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "\u00a0@x", "＝1", "＋1", "－1", "＠a"],
)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    frame = pd.DataFrame({"title": [text]})
    assert csv_rows(frame)[1][0] == f"'{text}"
    cell = book(frame)["Data"]["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


@pytest.mark.parametrize(
    "text",
    [
        *("\u200b=1", "\u2060@x", "\ufeff+1", "\u00ad-x", "\u202e=1", "\u2066=1", "\u061c@x", "\u034f=1"),
        *("\u180e=1", "\u3164=1", "\ufe0f+1", "\x08=1", "\x7f=1", "\x9b=1", "\U000e0041=1", "\u200b\u202d \u3164@x"),
    ],
)
def test_a_character_that_takes_no_room_hides_no_formula(text: str) -> None:
    assert neutral(text) == f"'{text}"


def test_a_formula_that_begins_a_cell_only_where_semicolons_part_them_gets_its_apostrophe_there() -> None:
    assert neutral(";=cmd") == ";'=cmd"
    assert neutral("a;=1+1;@b; =c;d") == "a;'=1+1;'@b; =c;d"


def test_a_formula_is_found_behind_any_number_of_harmless_parts() -> None:
    assert neutral("Lisbon; Porto;Évora\nb;\u3164=1") == "Lisbon; Porto;Évora\nb;\u3164'=1"
    assert neutral("\u3164a") == "\u3164a"


def test_points_of_a_list_within_a_text_stay_as_they_are_unless_they_could_do_something() -> None:
    assert neutral("Guests:\n- bring a dish.\n- write") == "Guests:\n- bring a dish.\n- write"
    assert neutral("Guests:\n- 1+cmd|' /C calc'!A0") == "Guests:\n'- 1+cmd|' /C calc'!A0"


@pytest.mark.parametrize("before", ['"', "\u200b", '\u202e"\u2060'])
@pytest.mark.parametrize("mark", [";", "\t", "\n", "\r\n"])
def test_neither_quotes_nor_what_takes_no_room_hides_a_formula_within_a_text(mark: str, before: str) -> None:
    assert neutral(f"a{mark}{before}=1+1") == f"a{mark}{before}'=1+1"
    assert neutral(f"a{mark}{before}b=1+1") == f"a{mark}{before}b=1+1"


@pytest.mark.parametrize("text", ["'quoted'", "a=b", "–5", "1-2", "'", "", "(=)"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text


def test_negative_numbers_stay_numbers() -> None:
    assert csv_rows(pd.DataFrame({"x": [-5, -2]}))[1:] == [["-5"], ["-2"]]
    assert sheet_rows(pd.DataFrame({"x": [-5.5]}))[1:] == [(-5.5,)]


def test_a_negative_number_kept_as_text_is_a_text() -> None:
    assert csv_rows(pd.DataFrame({"x": ["-5"]}))[1] == ["'-5"]


def test_a_header_and_a_list_are_kept_from_running_too() -> None:
    frame = pd.DataFrame({"=cmd": [["@a", "b"]]})
    assert csv_rows(frame) == [["'=cmd"], ["'@a; b"]]
    assert sheet_rows(frame) == [("'=cmd",), ("'@a; b",)]


def test_facts_about_a_file_are_kept_from_running() -> None:
    said = about(ROWS, Provenance("=1+1", ["@x"], "", date(2026, 11, 22), "0"))
    assert "Title: '=1+1" in said
    assert "Selection: '@x" in said


def test_a_workbook_says_how_many_cells_carry_an_apostrophe() -> None:
    assert "1 cell has an apostrophe before it" in about(ROWS)


@given(st.text(alphabet="|';\"\u200b\u202e\x08=+-@\t \r\nab＝"))
def test_what_was_kept_from_running_can_be_had_back(text: str) -> None:
    assert restored(neutral(text)) == text
