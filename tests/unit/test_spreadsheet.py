"""A workbook as it is written: values as what they are, texts that run nothing, looks, and its own widths."""

from __future__ import annotations

import gc
import io
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from icc_data.i18n import set_language
from icc_data.spreadsheet import HEAD, TEXT, WRAPPED, Spreadsheet


def written(*values: object, look: dict[str, Any] | None = None) -> Any:
    """The first row of a sheet that holds these values, read back."""
    book = Spreadsheet("A title")
    book.write_row(book.sheet("Data", (8, 60)), 0, values, look)
    return openpyxl.load_workbook(io.BytesIO(book.content()))


def cells(*values: object, look: dict[str, Any] | None = None) -> list[Any]:
    return list(written(*values, look=look)["Data"][1])


def test_values_are_what_they_are() -> None:
    values = (3, -0.5, True, "Fête", date(2020, 2, 3), datetime(2020, 2, 3, 4, 5, 6))
    assert [cell.value for cell in cells(*values)] == [*values[:4], datetime(2020, 2, 3), values[5]]
    assert isinstance(cells(True)[0].value, bool)


@pytest.mark.parametrize("value", [0.1 + 0.2, 1.7976931348623155e308, 5e-324])
def test_a_number_keeps_all_its_digits(value: float) -> None:
    assert cells(value)[0].value == value


def test_dates_and_moments_are_shown_as_such() -> None:
    shown = [cell.number_format for cell in cells(date(2020, 2, 3), datetime(2020, 2, 3, 4, 5))]
    assert shown == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"]


@pytest.mark.parametrize(
    "text", ["=1+1", "#N/A", "1e5", "TRUE", "https://example.org", "<r>a</r>", "<r><t>&", "{=1}", "internal:A1"]
)
def test_a_text_stays_a_text_whatever_it_looks_like(text: str) -> None:
    (cell,) = cells(text)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_white_space_around_a_text_stays() -> None:
    assert cells(" a\n ")[0].value == " a\n "


def test_what_is_missing_is_empty_but_keeps_its_look() -> None:
    first, second, _last = cells(None, "", "x", look=HEAD)
    assert (first.value, second.value) == (None, None)
    assert first.fill.fgColor.rgb == "FF4C43B0"


def test_a_cell_looks_as_it_was_told() -> None:
    (cell,) = cells("Title", look=HEAD | TEXT)
    assert (cell.font.bold, cell.font.color.rgb, cell.fill.fgColor.rgb) == (True, "FFFFFFFF", "FF4C43B0")
    assert (cell.number_format, cell.quotePrefix) == ("@", True)


def test_columns_are_as_wide_as_asked() -> None:
    widths = written("a", "b")["Data"].column_dimensions
    assert (widths["A"].width, widths["B"].width) == (8, 60)


@pytest.mark.parametrize(
    ("code", "author"), [("en", "Intercultural Cities Atlas"), ("fr", "Atlas des cités interculturelles")]
)
def test_the_file_says_who_made_it_what_it_is_called_and_in_which_language(code: str, author: str) -> None:
    set_language(code)
    properties = written("a").properties
    assert (properties.creator, properties.title, properties.language) == (author, "A title", code)


@pytest.mark.parametrize("finished", [True, False])
def test_nothing_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, finished: bool) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    book = Spreadsheet("A title")
    book.write_row(book.sheet("Data"), 0, ("a", "b"))
    assert list(tmp_path.iterdir())
    if finished:
        book.content()
    del book
    gc.collect()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [object(), "x" * 32_768])
def test_what_a_cell_cannot_hold_is_an_error_and_not_left_out(value: object) -> None:
    book = Spreadsheet("A title")
    sheet = book.sheet("Data")
    with pytest.raises(ValueError, match=r"cell holds|does not take"):
        book.write(sheet, 0, 0, value)
    book.content()


def heights(*values: object, look: dict[str, Any] | None) -> list[float | None]:
    sheet = written(*values, look=look)["Data"]
    return [sheet.row_dimensions[1].height]


def test_a_row_is_as_high_as_its_longest_wrapped_text_needs() -> None:
    # 8 digits of width hold 6.8 letters of words: 20 letters take 3 lines of 15 points; 60 hold 51: 20 take one.
    assert heights("a" * 20, "b" * 20, look=WRAPPED) == [45]
    assert heights("a\nb\nc\nd", "b", look=WRAPPED) == [60]
    assert heights("a" * 9000, look=WRAPPED) == [408.75]


def test_a_row_of_short_or_unwrapped_texts_keeps_the_usual_height() -> None:
    assert heights("short", "also", look=WRAPPED) == [None]
    assert heights("a" * 20, look=HEAD) == [None]
