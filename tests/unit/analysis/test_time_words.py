"""What is said of years in words: undated, bare, recent, and of texts that contradict each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from icc_data.analysis.time_words import (
    active_outside,
    bare,
    bare_starts,
    contradiction,
    entry_in_words,
    mostly_bare,
    recent,
    still_published,
    undated,
    unfinished,
    when_in_words,
)


def test_the_undated_are_those_of_the_selection_whatever_its_years():
    counts = {"undated": 160, "of_any_year": 459, "undated_unread": 22}
    assert undated(counts) == (
        "160 of 459 practices carry no start year and are on no timeline. "
        "22 of them have a year text that names no start (such as “ongoing” or “until 2023”)."
    )


def test_no_year_text_without_a_start_is_not_spoken_of():
    counts = {"undated": 2, "of_any_year": 9, "undated_unread": 0}
    assert undated(counts) == "2 of 9 practices carry no start year and are on no timeline."


def test_years_that_stand_alone_are_counted_among_the_dated():
    words = "Of the 299 with a start year, 137 have a year as published that may not be the start."
    assert bare({"dated": 299, "bare": 137}) == words
    assert bare({"dated": 299, "bare": 0}) == ""


def test_the_last_three_years_of_the_data_are_still_being_published():
    assert still_published(2026) == (2024, 2026)


@pytest.mark.parametrize(
    ("until", "band"), [(None, (2024, 2026)), (2026, (2024, 2026)), (2024, (2024, 2026)), (2023, None)]
)
def test_years_that_end_before_the_last_three_carry_no_band(until: int | None, band: tuple[int, int] | None):
    assert unfinished(2026, until) == band


@pytest.mark.parametrize(
    ("alone", "words"),
    [
        (0, ""),
        (1, "Of these 1,250 start years, 1 is a year as published, which may not be the start."),
        (137, "Of these 1,250 start years, 137 are years as published, which may not be the start."),
    ],
)
def test_a_small_picture_without_tints_says_how_many_years_stand_alone(alone: int, words: str):
    assert bare_starts(1250, alone) == words


@pytest.mark.parametrize(
    ("practices", "first", "last", "words"),
    [
        (0, 2016, 2018, ""),
        (1, 2016, 2018, "1 of these practices is also active outside of 2016–2018, which is not drawn."),
        (94, 2016, None, "94 of these practices are also active before 2016, which is not drawn."),
        (94, None, 2018, "94 of these practices are also active after 2018, which is not drawn."),
    ],
)
def test_practices_that_ran_outside_of_the_chosen_years_are_counted(
    practices: int, first: int | None, last: int | None, words: str
):
    assert active_outside(practices, first, last) == words


@pytest.mark.parametrize(
    ("years", "named"),
    [
        ([2016], "2016"),
        ([2016, 2020], "2016 and 2020"),
        ([2014, 2016, 2017, 2018, 2020, 2021], "2014, 2016–2018 and 2020–2021"),
    ],
)
def test_years_of_mostly_bare_starts_are_named_as_spans(years: list[int], named: str):
    words = "more than half of the starts are years as published that may not be the start."
    assert mostly_bare(years) == f"In {named}, {words}"
    assert mostly_bare([]) == ""


@pytest.mark.parametrize(
    ("count", "alone", "words"),
    [
        (0, 0, "No practice that started in 2024–2026 is published so far; more will follow."),
        (1, 0, "1 practice that started in 2024–2026 is published so far; more will follow."),
        (
            2,
            1,
            "2 practices that started in 2024–2026 are published so far; more will follow. "
            "Of 1 of them only a year was published, which may not be the start.",
        ),
    ],
)
def test_few_starts_of_the_last_years_are_no_decline(count: int, alone: int, words: str):
    assert recent({"recent": count, "recent_bare": alone}, 2026) == words


def texts(when: str | None, described: str | None, *, conflict: bool = False, source: str = "year field") -> Any:
    return {"when_text": when, "described_when": described, "when_conflict": conflict, "when_source": source}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (texts("2016", None), "2016"),
        (texts("2016-2018", "begun in 2016"), "2016-2018"),
        (texts(None, "since 1995"), "since 1995"),
        (texts(None, None), "no year published"),
        (texts("2016", "2016"), "2016"),
        (texts("2016", "since 1995", conflict=True), "since 1995 (year as published: 2016)"),
        # The years are read from the year text here, so it stands first.
        (texts("2011-", "since 1999", conflict=True), "2011- (by its description: since 1999)"),
        # A year text alone would name another year, no year, or no end.
        (texts("2014", "since 2014"), "since 2014 (year as published: 2014)"),
        (texts("ongoing", "since 2016"), "since 2016 (year as published: ongoing)"),
        (texts("July 1", "July 2012"), "July 2012 (year as published: July 1)"),
        (texts("2022", "2022-2026"), "2022-2026 (year as published: 2022)"),
        (texts("1 December 2016", "December 2016"), "1 December 2016"),
        ({"when_text": "2016"}, "2016"),
    ],
)
def test_when_a_practice_ran_is_told_by_the_text_its_years_are_read_from_beside_one_that_tells_otherwise(
    row: Any, words: str
):
    assert when_in_words(row) == words


def test_the_programme_is_named_only_where_the_text_stood_in_its_field():
    conflict = texts("2016", "since 1995", conflict=True)
    assert contradiction(conflict) == "The programme’s field says “2016”; the description says “since 1995”."
    elsewhere = contradiction(conflict | {"when_source": "description"})
    assert elsewhere == "The year as published is “2016”; the description says “since 1995”."
    assert contradiction(texts("2016", "2016")) == ""


def test_since_when_the_data_has_a_practice_is_said_as_far_as_its_versions_tell():
    oldest = date(2026, 11, 22)
    assert entry_in_words(date(2026, 11, 25), oldest) == "In the data since 25 November 2026"
    assert entry_in_words(pd.NaT, oldest) == "In the data by 22 November 2026, the oldest version kept"
