"""Which columns of refused rows are shown, and what is said beside each."""

from __future__ import annotations

from icc_data.errors import Problem
from icc_data.incoming.contributions.checking import RefusedRow
from icc_data.incoming.contributions.corrections import columns_of_rows, reasons_by_column


def row(*problems: tuple[str, str, str], **cells: str) -> RefusedRow:
    told = tuple(Problem("new.csv", 2, column, value, reason) for column, value, reason in problems)
    return RefusedRow("new.csv", 2, cells, told)


def test_columns_come_in_the_order_in_which_anything_stands_in_them() -> None:
    assert columns_of_rows([row(title="A", city="Cork"), row(title="B", theme="Sport")]) == ["title", "city", "theme"]


def test_columns_in_which_nothing_stands_are_left_out() -> None:
    assert columns_of_rows([row(title="A", city=" ", theme="")]) == ["title"]


def test_an_empty_column_that_is_wrong_is_shown() -> None:
    assert columns_of_rows([row(("title", "", "is required"), title="", city="Cork")]) == ["title", "city"]


def test_a_reason_quotes_the_value_that_it_is_about() -> None:
    assert reasons_by_column(row(("city", "Mu", "is no city."), ("title", "", "is required."))) == {
        "city": "“Mu” is no city.",
        "title": "is required.",
    }


def test_several_reasons_of_a_column_stand_one_below_the_other() -> None:
    assert reasons_by_column(row(("city", "Mu", "is no city."), ("city", "Yss", "is none either."))) == {
        "city": "“Mu” is no city.\n“Yss” is none either."
    }
