"""A practice's years come from its year text and its description together, and where they disagree both stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.incoming.check import load_data, valid_data
from icc_data.incoming.quality import contradictions
from icc_data.model.period import read_period
from icc_data.model.reading import read_practice
from icc_data.store.making import build_in_memory
from tests.helpers.commands import OK, run
from tests.unit.model.test_period import TEXTS

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

SEEN = 2026
DESCRIBED = ("since {}", "{}", "until {}", "May {}", "May to July {}", "since May {}")


def reading(when_text: str, described: str) -> tuple[int | None, int | None, bool | None, str, str, bool]:
    found = read_practice(when_text, described, SEEN)
    period = found.period
    return period.start_year, period.end_year, period.ongoing, period.certainty, period.form, found.conflict


@pytest.mark.parametrize(
    ("when_text", "described", "expected"),
    [
        # The year text stands alone or names no start: the description decides.
        ("2014", "since 2014", (2014, None, True, "certain", "since", False)),
        ("2022", "2022-2026", (2022, 2026, False, "certain", "span", False)),
        ("21 June 2018", "since 2018", (2018, None, True, "certain", "since", False)),
        ("", "since 1989", (1989, None, True, "certain", "since", False)),
        ("permanent", "since 2016", (2016, None, True, "certain", "since", False)),
        ("until 2023", "2015-2023", (2015, 2023, False, "certain", "span", False)),
        ("Started in 2015", "since 2015", (2015, None, True, "certain", "since", False)),
        # What took place in a year is no year alone, and yet likely only.
        ("2015", "2015", (2015, None, None, "likely", "date", False)),
        ("July 1", "July 2012", (2012, None, None, "likely", "date", False)),
        ("2020/11/19", "until 2023", (2020, 2023, False, "likely", "span", False)),
        ("ongoing", "2015", (2015, None, True, "likely", "since", False)),
        # They contradict each other.
        ("2016", "since 1995", (1995, None, True, "likely", "since", True)),
        ("2011", "2012", (2012, None, None, "likely", "date", True)),
        ("2019", "2018-2023", (2018, 2023, False, "likely", "span", True)),
        ("2011-", "since 1999", (2011, None, True, "likely", "since", True)),
        ("2012-2013", "since 2012", (2012, 2013, False, "likely", "span", True)),
        ("Since 2018", "2021-2024", (2018, None, True, "likely", "since", True)),
        ("2017 onwards", "June to November 2017", (2017, None, True, "likely", "since", True)),
        # They do not: an end yet to come, an event within the years.
        ("2017 onwards", "2017-2027", (2017, None, True, "certain", "since", False)),
        ("2019-2021", "2019", (2019, 2021, False, "certain", "span", False)),
        ("2019-2021", "2020", (2019, 2021, False, "certain", "span", False)),
        ("Since 2014", "since 2014", (2014, None, True, "certain", "since", False)),
    ],
)
def test_both_texts_are_read_together(when_text: str, described: str, expected: tuple[object, ...]) -> None:
    assert reading(when_text, described) == expected


@given(st.sampled_from(TEXTS))
def test_without_a_description_the_year_text_alone_is_read(text: str) -> None:
    found = read_practice(text, None, SEEN)
    assert (found.period, found.conflict) == (read_period(text, SEEN), False)


@given(st.sampled_from(TEXTS), st.sampled_from(DESCRIBED), st.integers(1990, 2030))
def test_the_published_text_is_kept_and_years_are_in_order(text: str, form: str, year: int) -> None:
    period = read_practice(text, form.format(year), SEEN).period
    assert period.text == text
    assert period.start_year is None or period.end_year is None or period.start_year <= period.end_year


@given(st.sampled_from(TEXTS), st.sampled_from(DESCRIBED), st.integers(1990, 2030))
def test_a_contradiction_is_never_certain_and_a_described_start_no_year_alone(text: str, form: str, year: int) -> None:
    found = read_practice(text, form.format(year), SEEN)
    assert not (found.conflict and found.period.certainty == "certain")
    assert found.period.form != "year" or form == "until {}"


@given(st.sampled_from(TEXTS), st.sampled_from(DESCRIBED), st.integers(1990, 2030))
def test_no_year_is_read_that_neither_text_says(text: str, form: str, year: int) -> None:
    period, alone = read_practice(text, form.format(year), SEEN).period, read_period(text, SEEN)
    assert {period.start_year, period.end_year} <= {year, alone.start_year, alone.end_year, None}


def test_a_contradiction_is_a_note_and_no_problem(data_folder: DataFolder) -> None:
    data_folder.edit("practices", 0, when_text="2016", described_when="since 1995")
    data, problems = load_data(data_folder.path)
    (note,) = contradictions(data)
    assert problems == []
    assert (note.file, note.line, note.column, note.value) == ("practices.csv", 2, "when_text", "2016")
    assert "since 1995" in note.reason


def test_check_tells_contradictions_and_ends_well(data_folder: DataFolder) -> None:
    data_folder.edit("practices", 0, when_text="2016", described_when="since 1995")
    result = run("check", "--data", data_folder.path)
    assert result.exit_code == OK
    assert "since 1995" in result.stdout
    assert result.stdout.endswith("1 note.\n")


def test_the_database_keeps_both_texts_and_what_was_read(data_folder: DataFolder) -> None:
    data_folder.edit("practices", 0, when_text="2016", described_when="since 1995")
    columns = "when_text, described_when, start_year, known_until, last_active_year, certainty, form, when_conflict"
    with build_in_memory(valid_data(data_folder.path)) as connection:
        rows = connection.execute(f"SELECT {columns} FROM practice ORDER BY practice").fetchall()  # noqa: S608
    # The newest practice was seen in 2025.
    assert rows[0] == ("2016", "since 1995", 1995, 1995, 2025, "likely", "since", True)
    assert rows[1] == ("2017-2018", None, 2017, 2018, 2018, "certain", "span", False)
    assert rows[2] == (None, None, None, None, None, "unknown", "unread", False)
