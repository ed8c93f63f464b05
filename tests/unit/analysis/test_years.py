"""Practices and cities by year: parts of a stack, the last years, years of joining; worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from icc_data.analysis.time_words import part_words
from icc_data.analysis.years import (
    as_far_as,
    in_parts,
    known_joining,
    known_since,
    largest_first,
    mostly_bare,
    practices_before,
    stack,
    starts,
    with_others,
)


def by_year(*rows: tuple[int, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["year", "code", "practices"])
    return frame.assign(known=frame["practices"], said=0, bare=0)


def rows_of(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return list(frame[list(columns)].itertuples(index=False, name=None))


# All years: spain 7, italy 4, norway 3, unknown 9, malta 1.
COUNTRIES = by_year(
    (2010, "italy", 4), (2010, "malta", 1), (2010, "norway", 1), (2010, "unknown", 9),
    (2011, "norway", 2), (2011, "spain", 7),
)  # fmt: skip


def test_the_largest_parts_stand_alone_and_the_rest_is_added_up_year_by_year():
    assert rows_of(with_others(COUNTRIES, 2, "rest"), "year", "code", "practices") == [
        (2011, "spain", 7),
        (2010, "italy", 4),
        (2010, "rest", 2),
        (2011, "rest", 2),
        (2010, "unknown", 9),
    ]


def test_no_practice_is_lost_or_counted_twice_among_the_others():
    assert with_others(COUNTRIES, 1, "rest")["practices"].sum() == 24


def test_the_unknown_take_no_place_from_the_largest_however_many_they_are():
    assert list(dict.fromkeys(with_others(COUNTRIES, 1, "rest")["code"])) == ["spain", "rest", "unknown"]


def test_where_all_parts_stand_alone_there_are_no_others():
    assert set(with_others(COUNTRIES, 4, "rest")["code"]) == {"spain", "italy", "norway", "malta", "unknown"}


def test_what_was_counted_is_left_as_it_was():
    before = COUNTRIES.copy()
    with_others(COUNTRIES, 1, "rest")
    pd.testing.assert_frame_equal(COUNTRIES, before)


def labelled(*rows: tuple[int, str, int]) -> pd.DataFrame:
    frame = by_year(*rows)
    return frame.assign(label=frame["code"].str.upper())


def test_parts_are_stacked_in_the_order_given_and_the_unknown_come_last():
    stacked = stack(labelled((2010, "unknown", 1), (2010, "b", 2), (2010, "a", 3), (2011, "b", 4)), ["a", "b"])
    assert stacked.labels == {"a": "A", "b": "B", "unknown": "UNKNOWN"}
    assert list(stacked.labels) == ["a", "b", "unknown"]
    assert rows_of(stacked.frame, "code", "practices", "rank") == [
        ("unknown", 1, 2),
        ("b", 2, 1),
        ("a", 3, 0),
        ("b", 4, 1),
    ]


def test_a_part_that_no_practice_has_takes_no_place_in_the_stack():
    stacked = stack(labelled((2010, "c", 1), (2010, "a", 1)), ["a", "b", "c"])
    assert stacked.labels == {"a": "A", "c": "C"}
    assert rows_of(stacked.frame, "code", "rank") == [("c", 1), ("a", 0)]


def test_an_order_that_names_the_unknown_itself_keeps_their_place():
    assert list(stack(labelled((2010, "a", 1), (2010, "unknown", 1)), ["unknown", "a"]).labels) == ["unknown", "a"]


# In 2016 of five starts three have a year alone; two of the five were known to run, three said to go on.
PARTED = pd.DataFrame(
    {"year": [2016, 2017], "practices": [5, 2], "known": [2, 2], "said": [3, 0], "bare": [3, 2], "rank": [1, 0]}
)


def test_years_alone_are_a_part_of_their_own_of_the_starts():
    start, alone = part_words(active=False)
    rows = in_parts(PARTED, active=False).sort_values(["year", "rank"])
    assert rows_of(rows, "year", "part", "count", "sure", "unsure", "practices") == [
        (2016, start, 2, 2, 3, 5),
        (2016, alone, 3, 2, 3, 5),
        (2017, alone, 2, 0, 2, 2),
    ]


def test_what_is_said_to_go_on_is_a_part_of_its_own_of_the_active():
    ran, said = part_words(active=True)
    assert rows_of(in_parts(PARTED, active=True), "year", "part", "count") == [
        (2016, ran, 2),
        (2017, ran, 2),
        (2016, said, 3),
    ]


def test_the_two_parts_of_a_group_lie_on_each_other_in_the_stack():
    assert rows_of(in_parts(PARTED, active=True), "year", "rank") == [(2016, 2), (2017, 0), (2016, 3)]


def test_among_others_what_is_less_sure_is_added_up_too():
    parted = PARTED.assign(code=["a", "b"], year=2016)
    (row,) = rows_of(with_others(parted, 0, "rest"), "practices", "known", "said", "bare")
    assert row == (7, 4, 3, 5)


def test_where_what_is_said_does_not_count_a_span_ends_where_it_is_known_to():
    spans = pd.DataFrame({"start_year": [2010], "known_until": [2012], "last_active_year": [2026]})
    assert as_far_as(spans, said=True)["last_active_year"].tolist() == [2026]
    assert as_far_as(spans, said=False)["last_active_year"].tolist() == [2012]


def test_values_come_by_their_practices_of_all_years():
    assert largest_first(COUNTRIES, "code") == ["unknown", "spain", "italy", "norway", "malta"]


def test_a_year_itself_belongs_to_the_years_since_and_not_to_those_before():
    assert rows_of(known_since(COUNTRIES, 2011), "year", "code") == [(2011, "norway"), (2011, "spain")]
    assert practices_before(COUNTRIES, 2011) == 15


def test_an_unknown_part_is_not_among_the_known_of_the_years_since():
    assert rows_of(known_since(COUNTRIES, 2010), "code") == [
        ("italy",),
        ("malta",),
        ("norway",),
        ("norway",),
        ("spain",),
    ]


@pytest.mark.parametrize("first", [2010, 1900])
def test_before_the_first_year_there_is_no_practice(first: int):
    assert practices_before(COUNTRIES, first) == 0


def test_cities_without_a_joining_year_are_in_no_bar():
    joining = pd.DataFrame(
        {"year": [2008.0, 2010.0, None], "cities": [3, 2, 5], "cumulated": [3, 5, 10], "names": ["A", "B", "C"]}
    )
    dated = known_joining(joining, "{} so far".format)
    assert dated["year"].tolist() == [2008, 2010]
    assert dated["year"].dtype == int
    assert dated["words"].tolist() == ["3 so far", "5 so far"]


def test_where_no_joining_year_is_known_no_row_is_left():
    joining = pd.DataFrame({"year": [None], "cities": [5], "cumulated": [5], "names": ["A"]})
    assert known_joining(joining, str).empty


def test_values_with_as_many_practices_stand_in_the_order_of_the_alphabet_however_many_there_are():
    codes = [f"country_{place:02}" for place in range(60)]
    rows = pd.DataFrame({"code": codes[::-1], "practices": [1 + place % 2 for place in range(60)][::-1]})
    # Those of two practices have the odd numbers.
    assert largest_first(rows, "code") == [*codes[1::2], *codes[::2]]


def test_a_year_is_mostly_bare_where_more_than_half_of_its_starts_stand_alone():
    rows = [(2014, 1, 1), (2015, 4, 2), (2016, 4, 3), (2017, 3, 0), (2018, 1, 1), (2019, 2, 2)]
    by_year = pd.DataFrame(rows, columns=["year", "practices", "bare"])
    assert mostly_bare(by_year, 2015, 2018) == [2016, 2018]


def test_years_without_a_start_are_left_out_of_the_starts():
    growth = pd.DataFrame({"year": [2010, 2011, 2012], "started": [2, 0, 3], "started_bare": [1, 0, 0]})
    columns = ("year", "code", "practices", "known", "said", "bare")
    assert rows_of(starts(growth), *columns) == [(2010, "all", 2, 2, 0, 1), (2012, "all", 3, 3, 0, 0)]
