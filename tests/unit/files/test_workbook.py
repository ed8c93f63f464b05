"""Rows as a workbook: typed, filterable, true to what a cell can hold, and with a sheet that says what they are."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import openpyxl
import pandas as pd
import pytest

from icc_data.errors import AtlasError
from icc_data.files.export import PROGRAMME, Provenance, export
from tests.helpers.exported import ADDRESS, FACTS, ROWS, about, book, sheet_rows


def test_a_workbook_holds_the_rows_with_their_types() -> None:
    header, first, second, third = sheet_rows(ROWS)
    assert header == tuple(ROWS.columns)
    assert first == ("Fête des langues", 2019, -37.5, True, datetime(2026, 11, 22), "sport; arts", 0.5)
    assert second == ("'=1+1", None, None, None, None, None, 1e-7)
    assert [type(first[1]), type(first[3])] == [int, bool]
    assert third[0] is None


def test_the_header_stays_in_sight_and_filters() -> None:
    sheet = book(ROWS)["Data"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:G4")
    assert all(cell.font.bold for cell in sheet[1])


def test_a_column_is_as_wide_as_its_text_within_reason() -> None:
    sheet = book(pd.DataFrame({"id": [1], "summary": ["word " * 100]}))["Data"]
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (8, 60)


def test_a_date_is_shown_as_a_date() -> None:
    assert book(ROWS)["Data"]["E2"].number_format == "yyyy-mm-dd"


def test_an_address_is_text_and_no_link() -> None:
    sheet = book(pd.DataFrame({"url": [PROGRAMME]}))["Data"]
    assert (sheet["A2"].value, sheet["A2"].hyperlink) == (PROGRAMME, None)


def test_a_text_that_looks_like_an_error_stays_a_text() -> None:
    assert book(pd.DataFrame({"title": ["#N/A"]}))["Data"]["A2"].data_type == "s"


def test_control_characters_do_not_break_a_workbook() -> None:
    frame = pd.DataFrame({"title": ["a\x00b\x0bc\ufffe", "d\re"]})
    assert [row[0] for row in sheet_rows(frame)[1:]] == ["a�b�c�", "d\ne"]
    assert "1 cell held control characters" in about(frame)


def test_a_text_longer_than_a_cell_is_cut_and_said_to_be() -> None:
    frame = pd.DataFrame({"title": ["x" * 40_000, "😀" * 20_000, "y" * 32_767]})
    lengths = [len(row[0].encode("utf-16-le")) // 2 for row in sheet_rows(frame)[1:]]
    assert lengths == [32_767, 32_766, 32_767]
    assert "2 cells are cut to the 32,767 characters" in about(frame)


def test_numbers_and_days_that_excel_does_not_know_are_written_as_text() -> None:
    moment = pd.Timestamp("2026-11-22 10:00", tz="UTC")
    values = [10**16, 1e16, float("inf"), date(1899, 1, 1), moment]
    assert [row[0] for row in sheet_rows(pd.DataFrame({"value": pd.Series(values, dtype=object)}))[1:]] == [
        "10000000000000000",
        1e16,
        "inf",
        "1899-01-01",
        "2026-11-22 10:00:00+00:00",
    ]


def test_more_rows_than_a_worksheet_holds_are_refused_with_a_way_out() -> None:
    with pytest.raises(AtlasError, match=r"1,048,575 rows.*1,048,576.*CSV or Parquet"):
        export(pd.DataFrame({"n": np.zeros(1_048_576)}), "xlsx", FACTS)


@pytest.mark.parametrize("title", ["Practices of Łódź", "a\x01b"])
def test_the_file_itself_says_what_the_rows_are_whatever_stands_in_their_title(title: str) -> None:
    raw = export(ROWS, "xlsx", replace(FACTS, title=title))
    told = openpyxl.load_workbook(io.BytesIO(raw)).properties
    assert told.title == title.replace("\x01", "�")


def test_the_second_sheet_says_what_the_rows_are() -> None:
    said = about(ROWS)
    for words in (
        "Title: Practices",
        "Selection: Country: Spain",
        "Rows: 3",
        f"Address: {ADDRESS}",
        PROGRAMME,
        "geonames.org",
        "Licence: ",
        "CC BY 4.0",
        "Data version: 0123456789ab",
        "Data as of: 22 November 2026",
        "Downloaded: 1 December 2026",
    ):
        assert words in said


def test_each_choice_has_its_line_and_none_means_everything() -> None:
    chosen = Provenance("Practices", ["Country: Spain", "From: 2015"], "", date(2026, 11, 22), "0")
    assert "Selection: Country: Spain\n: From: 2015\nRows" in about(ROWS, chosen)
    assert "Selection: Everything" in about(ROWS, Provenance("Practices", [], "", date(2026, 11, 22), "0"))


def test_rows_that_name_their_evidence_are_pointed_to() -> None:
    assert "each row names under “evidence_urls”" in about(pd.DataFrame({"evidence_urls": [["a"]]}))
