"""Two selections beside each other: the interval of their difference, what is said of it, and of what is in both."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from icc_data.analysis import two_selections, two_selections_notes
from icc_data.analysis.uncertainty import difference_interval, newcombe

NAMES = ("Spain", "Italy")


def interval(*groups: tuple[int, int]) -> list[float]:
    """Of groups of (with the property, in all): the first selection, the other, what is in both."""
    counts, totals = zip(*groups, strict=True)
    return [float(end[0]) for end in difference_interval(tuple([k] for k in counts), tuple([n] for n in totals))]


def compared(*rows: tuple[int, int, int], of: int = 50, other_of: int = 50, both_of: int = 0) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["practices", "other_practices", "both_practices"])
    frame = frame.assign(code=[f"a{place}" for place in range(len(rows))], position=range(len(rows)))
    frame = frame.assign(of=of, other_of=other_of, both_of=both_of)
    return frame.assign(share=frame["practices"] / of, other_share=frame["other_practices"] / other_of)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Newcombe 1998, table II, method 10: cases (a), (b), (d) and (f).
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 10), -0.2775, 0.2775),
    ],
)
def test_without_an_overlap_the_interval_is_that_of_newcombes_paper(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
):
    assert interval(one, other, (0, 0)) == pytest.approx([low, high], abs=5e-5)


def test_with_an_overlap_the_interval_is_made_of_the_three_groups():
    # 6 of 10 and 3 of 8, of which 4 are in both, 2 of them with it: alone, 4 of 6 and 1 of 4.
    weights = {(4, 6): 6 / 10, (1, 4): -4 / 8, (2, 4): 4 / 10 - 4 / 8}
    below = above = 0.0
    for (having, of), weight in weights.items():
        ends = binomtest(having, of).proportion_ci(method="wilson")
        low, high = sorted((weight * ends.low, weight * ends.high))
        below += (weight * having / of - low) ** 2
        above += (high - weight * having / of) ** 2
    difference = 6 / 10 - 3 / 8
    expected = [difference - below**0.5, difference + above**0.5]
    assert interval((6, 10), (3, 8), (2, 4)) == pytest.approx(expected)


def test_of_a_selection_and_a_part_of_it_only_what_is_not_in_both_counts():
    # 20 of 40, of which 10 are a part with 8: the others have 12 of 30, and the difference is 3/4 of theirs.
    low, high = (float(end[0]) for end in newcombe([12], [30], [8], [10]))
    assert interval((20, 40), (8, 10), (8, 10)) == pytest.approx([0.75 * low, 0.75 * high])


def test_a_selection_does_not_differ_from_itself():
    assert interval((6, 10), (6, 10), (6, 10)) == [0, 0]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=3))
def test_the_interval_holds_the_difference_and_turns_with_the_selections(groups: list[tuple[int, int]]):
    (one, more), (other, still), (both, rest) = groups
    first, second = (one + both, one + more + both + rest), (other + both, other + still + both + rest)
    if not first[1] or not second[1]:
        return
    low, high = interval(first, second, (both, both + rest))
    difference = first[0] / first[1] - second[0] / second[1]
    assert low - 1e-9 <= difference <= high + 1e-9
    assert interval(second, first, (both, both + rest)) == pytest.approx([-high, -low])


def test_a_difference_is_clear_where_its_interval_leaves_out_0():
    told = two_selections.with_difference(compared((25, 5, 0), (10, 11, 0)))
    assert list(told["clear"]) == [True, False]
    judged = two_selections.term_rows(compared((25, 5, 0), (10, 11, 0), (5, 25, 0)), str.upper, NAMES)["judged"]
    assert list(judged) == ["More in: Spain", "No clear difference", "More in: Italy"]


def test_nothing_is_said_of_fewer_than_five_practices_counted_once_each():
    # 3 and 3 are 4 practices where 2 are in both.
    told = two_selections.with_difference(compared((3, 3, 2), (3, 3, 1), both_of=4))
    assert list(told["few"]) == [True, False]
    assert np.isnan(told["difference"][0])
    row = next(two_selections.rows_of(told))
    assert two_selections.judged(row, NAMES) == "Fewer than 5 practices: nothing is said"


def test_nothing_is_said_where_a_selection_has_fewer_than_five_practices_in_all():
    frame = compared((4, 40, 0), of=4)
    assert two_selections.with_difference(frame)["few"].all()
    rows = two_selections.term_rows(frame, str.upper, NAMES)
    assert two_selections.of_differences(rows, NAMES).startswith("One of the two has too few practices")


def test_the_largest_difference_comes_first_and_what_neither_has_is_left_out():
    rows = two_selections.term_rows(compared((5, 25, 0), (25, 5, 0), (0, 0, 0), (1, 0, 0)), str.upper, NAMES)
    assert list(rows["label"]) == ["A1", "A0", "A3"]


def test_a_sentence_names_the_clear_differences_and_counts_the_rest():
    rows = two_selections.term_rows(compared((25, 5, 0), (10, 11, 0), (5, 25, 0)), str.upper, NAMES)
    assert two_selections.of_differences(rows, NAMES) == (
        "Clearly more in “Spain”: A0 (50% against 10%). Clearly more in “Italy”: A2 (50% against 10%). "
        "No clear difference in 1 of 3."
    )


def test_half_of_the_practices_had_started_by_the_median_year():
    frame = compared((1, 4, 0), (2, 0, 0), (2, 1, 0), of=5, other_of=5).assign(year=[2014, 2015, 2016])
    assert two_selections.of_years(two_selections.year_rows(frame, NAMES), NAMES, active=False) == (
        "Half of the dated practices had started by 2015 (“Spain”) and by 2014 (“Italy”)."
    )


@pytest.mark.parametrize("active", [False, True])
def test_no_year_is_named_of_a_selection_with_few_dated_practices(active: bool):
    frame = compared((1, 4, 0), (3, 1, 0), of=4, other_of=5).assign(year=[2014, 2015])
    assert two_selections.of_years(two_selections.year_rows(frame, NAMES), NAMES, active=active) == (
        "One of the two has fewer than 5 practices with a start year, so its years say little."
    )


def test_the_overlap_is_counted_and_said():
    counts = {"practices": 7, "other_practices": 4, "both_practices": 1}
    assert two_selections_notes.sides(counts) == {"one": 6, "both": 1, "other": 3}
    assert two_selections_notes.sizes(counts, NAMES) == (
        "Spain: 7 practices. Italy: 4 practices. 1 practice is in both and counts in both."
    )
    assert two_selections_notes.sizes({**counts, "both_practices": 0}, NAMES).endswith("No practice is in both.")


def test_an_interval_that_begins_beside_0_does_not_read_as_if_it_began_there():
    row = two_selections.with_difference(compared((12, 7, 0), of=62, other_of=86)).iloc[0]
    assert 0 < row["difference_low"] < 0.005
    assert two_selections.points(row).startswith("+11.2 points (from +0.")


def beside_each_other() -> pd.DataFrame:
    """Cities of two selections by name: one of the first, one of both, one of the other."""
    frame = compared((10, 5, 0), (3, 0, 0), (0, 20, 0)).rename(columns={"code": "city_id"}).drop(columns="position")
    sides = {"in_one": [True, True, False], "in_other": [True, False, True]}
    return frame.assign(name=["Bergen", "Oslo", "Vadsø"], country="Norway", latitude=60.0, longitude=5.0, **sides)


def test_cities_stand_by_what_they_have_most_of_with_the_difference_of_their_shares():
    rows = two_selections.city_shares(beside_each_other())
    assert list(rows["name"]) == ["Vadsø", "Bergen", "Oslo"]
    assert rows["difference"].tolist()[:2] == pytest.approx([-0.4, 0.1])
    judged = two_selections.city_rows(rows, NAMES)["judged"].tolist()
    assert judged == ["More in: Italy", "No clear difference", "Fewer than 5 practices: nothing is said"]


def test_a_city_that_is_not_of_a_selection_has_no_practices_there_rather_than_none():
    rows = two_selections.city_shares(beside_each_other()).set_index("name")
    assert rows["one"].isna().to_dict() == {"Vadsø": True, "Bergen": False, "Oslo": False}
    assert rows["other"].isna().to_dict() == {"Vadsø": False, "Bergen": False, "Oslo": True}


def test_the_cities_of_one_side_come_with_most_practices_first():
    other = two_selections.cities_of_side(beside_each_other(), "other")
    assert other[["name", "practices"]].to_numpy().tolist() == [["Vadsø", 20], ["Bergen", 5]]
