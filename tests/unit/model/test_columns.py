"""Each kind of cell accepts what it should, refuses the rest in words, and writes what it reads back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.model.columns import (
    AT_LEAST,
    CODE,
    COUNTRY_CODE,
    DATE,
    SLUG,
    TEXT,
    URL,
    YEAR,
    Column,
    Kind,
    column,
    columns_of,
    decimal,
    one_of,
    whole_number,
)

PERCENT = decimal(0, 100)
KINDS = [TEXT, SLUG, CODE, COUNTRY_CODE, URL, DATE, AT_LEAST, YEAR, PERCENT, whole_number(-5, 5), one_of("a", "b")]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (SLUG, "reggio-emilia-2", "reggio-emilia-2"),
        (CODE, "public_space", "public_space"),
        (COUNTRY_CODE, "PT", "PT"),
        (URL, "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (DATE, "2024-02-29", date(2024, 2, 29)),
        (AT_LEAST, ">60", ">60"),
        (AT_LEAST, "60", "60"),
        (YEAR, "1850", 1850),
        (YEAR, "2100", 2100),
        (PERCENT, "0", 0.0),
        (PERCENT, "14.5", 14.5),
        (PERCENT, "100", 100.0),
        (whole_number(-5, 5), "-5", -5),
        (one_of("yes", "no"), "no", "no"),
        (TEXT, "anything, at all", "anything, at all"),
    ],
)
def test_a_valid_cell_is_read(kind: Kind, text: str, value: Any):
    assert Column("x", kind, "").parse(text) == value
    assert Column("x", kind, "").parse(f"  {text} ") == value


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (SLUG, ["Lisbon", "a--b", "-a", "a-", "a_b", "é", "a b"]),
        (CODE, ["a-b", "A", "a__b", "_a"]),
        (COUNTRY_CODE, ["pt", "PRT", "P1", "Portugal"]),
        (URL, ["example.org", "ftp://example.org", "https://", "https://a b.org", "http://[::1", "javascript:x"]),
        (DATE, ["2024-2-1", "20240201", "2023-02-29", "01/02/2024", "2024-02-01T00:00", "٢٠٢٤-٠٢-٠١"]),
        (AT_LEAST, ["0", "<60", "> 60", "60+", "-1"]),
        (YEAR, ["1849", "2101", "19", "2019.0", "'19", "²", "٢٠١٩", "9" * 5000]),
        (PERCENT, ["-0.1", "100.01", "14,5", "14.5%", "nan", "inf", "1e1", ".5", "5."]),
        (one_of("yes", "no"), ["Yes", "maybe"]),
    ],
)
def test_an_invalid_cell_is_refused_with_what_was_expected(kind: Kind, texts: list[str]):
    for text in texts:
        with pytest.raises(ValueError, match=r".") as caught:
            Column("x", kind, "").parse(text)
        assert str(caught.value) == kind.expects, text


@pytest.mark.parametrize("text", ["", "  ", "\t"])
def test_an_empty_cell_is_nothing(text: str):
    assert Column("x", YEAR, "").parse(text) is None
    assert Column("x", YEAR, "", many=True).parse(text) == ()


@pytest.mark.parametrize("text", ["a; b", "a;b", " a ;  b "])
def test_a_list_is_read_with_or_without_spaces(text: str):
    assert Column("x", SLUG, "", many=True).parse(text) == ("a", "b")


def test_a_list_with_one_bad_part_is_refused():
    with pytest.raises(ValueError, match="a list separated by"):
        Column("x", SLUG, "", many=True).parse("a; B")


@pytest.mark.parametrize("text", ["a; ", "; a", "a; ; b"])
def test_a_list_never_holds_an_empty_part(text: str):
    try:
        values = Column("x", TEXT, "", many=True).parse(text)
    except ValueError:
        values = ()
    assert "" not in values


@given(st.text(max_size=30), st.sampled_from(KINDS), st.booleans())
def test_what_is_read_is_written_so_that_it_reads_back(text: str, kind: Kind, many: bool):
    cell = Column("x", kind, "", many=many)
    try:
        value = cell.parse(text)
    except ValueError:
        return
    assert cell.parse(cell.text(value)) == value


@given(st.integers(-9_000_000, 9_000_000), st.integers(0, 6))
def test_a_number_is_written_so_that_it_reads_back(digits: int, decimals: int):
    sign, figures = "-" * (digits < 0), f"{abs(digits):0{decimals + 1}d}"
    written = sign + (f"{figures[:-decimals]}.{figures[-decimals:]}" if decimals else figures)
    cell = Column("x", decimal(-1e7, 1e7), "")
    assert cell.parse(cell.text(cell.parse(written))) == cell.parse(written)


def test_whole_numbers_are_written_without_a_point():
    assert Column("x", PERCENT, "").text(70.0) == "70"
    assert Column("x", PERCENT, "").text(None) == ""
    assert Column("x", DATE, "").text(date(2024, 5, 1)) == "2024-05-01"


def test_a_record_type_tells_its_columns_in_order():
    @dataclass(frozen=True, kw_only=True)
    class Book:
        title: str = column(TEXT, "What it is called.", required=True)
        years: tuple[int, ...] = column(YEAR, "When.", many=True)

    assert [(c.name, c.required, c.many) for c in columns_of(Book)] == [("title", True, False), ("years", False, True)]
    assert Book(title="A").years == ()
