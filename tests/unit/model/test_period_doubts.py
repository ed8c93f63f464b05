"""What can be read and may yet be wrong, what cannot be read, and what is said of both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.model.period import (
    LAST_YEAR,
    PLAN_HORIZON,
    doubts,
    read_period,
    unreadable,
)
from tests.helpers import naive
from tests.unit.model.test_period import SEEN, years


@given(
    st.sampled_from(["created in {}", "until {}", "since {}", "2019-{}", "since May {}"]),
    years,
    st.integers(2019, LAST_YEAR),
)
def test_a_year_further_ahead_than_people_plan_is_likely_at_most(form: str, year: int, seen: int) -> None:
    period = read_period(form.format(max(year, 2019)), seen)
    ahead = max(year, 2019) > seen + PLAN_HORIZON
    assert (period.certainty, len(doubts(period, seen))) == (("likely", 1) if ahead else ("certain", 0))


@given(st.sampled_from(["{}", "until {}", "2019-{}"]), st.integers(2020, LAST_YEAR), st.integers(2019, LAST_YEAR))
def test_when_a_text_was_seen_changes_only_how_sure_it_is(form: str, year: int, seen: int) -> None:
    one, other = read_period(form.format(year), seen), read_period(form.format(year), LAST_YEAR)
    assert (one.start_year, one.end_year, one.ongoing) == (other.start_year, other.end_year, other.ongoing)


def test_nearly_every_published_range_ends_within_the_plan_horizon() -> None:
    periods = [read_period(text, SEEN) for text in naive.table("practices")["when_text"]]
    lengths = [p.end_year - p.start_year for p in periods if p.start_year and p.end_year and p.end_year > p.start_year]
    assert sum(length <= PLAN_HORIZON for length in lengths) / len(lengths) >= 0.95


def test_no_published_year_lies_beyond_the_plan_horizon() -> None:
    years_read = [read_period(text, SEEN) for text in set(naive.table("practices")["when_text"])]
    assert all(max(p.start_year or 0, p.end_year or 0) <= SEEN + PLAN_HORIZON for p in years_read)


def test_without_a_year_of_seeing_this_year_counts() -> None:
    assert read_period("since 2000").certainty == "certain"
    assert read_period(f"since {LAST_YEAR}").certainty == "likely"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2050", "2050 is more than 6 years after 2026"),
        ("2019-2023 (ongoing)", "ended in 2023 and that it goes on"),
        ("From September 2014 to May 2015 (still ongoing)", "ended in 2015 and that it goes on"),
    ],
)
def test_a_doubt_says_what_is_odd_and_quotes_the_text(text: str, said: str) -> None:
    (note,) = doubts(read_period(text, SEEN), SEEN)
    assert said in note
    assert text in note


@pytest.mark.parametrize("text", ["2019-2023", "2024-2028 (ongoing)", "since 2019", "N/A", ""])
def test_a_text_with_nothing_odd_raises_no_doubt(text: str) -> None:
    assert doubts(read_period(text, SEEN), SEEN) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-2019", "it ends before it begins: write it like 2019"),
        ("soon", "no year can be read from it: write it like 2019"),
        ("2010s", "no year can be read from it: write it like 2019"),
        ("1 January 20", "no year can be read from it: write it like 2019"),
    ],
)
def test_an_unreadable_text_says_why_and_how_to_write_it(text: str, said: str) -> None:
    assert unreadable(text).startswith(said)


@pytest.mark.parametrize("text", ["", "-", "N/A", "tbd", "unknown", "2019", "ongoing", "until 2023"])
def test_a_text_that_can_be_read_or_says_that_there_is_no_date_is_not_unreadable(text: str) -> None:
    assert unreadable(text) == ""


def test_record_keeps_the_order_of_the_fields() -> None:
    record = read_period("2018-2022 (still in use)", SEEN).as_dict()
    assert list(record.items()) == [
        ("text", "2018-2022 (still in use)"),
        ("start_year", 2018),
        ("end_year", 2022),
        ("ongoing", True),
        ("certainty", "likely"),
        ("form", "span"),
    ]
