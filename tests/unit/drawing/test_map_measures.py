"""What a map can show of cities: who comes first, and the round values of its legend."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.drawing.map_measures import MEASURES, Measure, ranking, round_values

PRACTICES = MEASURES["practices"]
JOINED = MEASURES["joined_year"]
INDEX = MEASURES["index_score"]
BORN_ABROAD = MEASURES["foreign_born_pct"]


def known(measure: Measure, **values: float | None) -> pd.DataFrame:
    """Cities with a value each."""
    return pd.DataFrame({"name": list(values), measure.column: pd.Series(list(values.values()), dtype=float)})


def names(frame: pd.DataFrame) -> list[str]:
    return frame["name"].tolist()


def test_the_city_with_the_most_comes_first_and_equals_go_by_name():
    assert names(ranking(known(PRACTICES, b=2, a=2, d=9), PRACTICES)) == ["d", "a", "b"]


def test_the_city_that_joined_first_comes_first():
    assert names(ranking(known(JOINED, late=2020, early=2008), JOINED)) == ["early", "late"]


def test_a_count_of_nothing_is_not_ranked():
    assert names(ranking(known(PRACTICES, a=1, b=0), PRACTICES)) == ["a"]


def test_a_share_of_nothing_is_known_and_ranked_but_a_missing_one_is_not():
    assert names(ranking(known(BORN_ABROAD, zero=0, missing=None), BORN_ABROAD)) == ["zero"]


@pytest.mark.parametrize(
    ("measure", "values", "expected"),
    [
        (INDEX, [44, 63, 87], [45, 65, 85]),
        (PRACTICES, [0, 1, 20], [1, 10, 20]),
        (JOINED, [2008, 2026], [2008, 2016, 2026]),
        (BORN_ABROAD, [6.2, 58], [10, 30, 55]),
        (BORN_ABROAD, [3.2, 3.3], [3.2, 3.3]),
        (INDEX, [70], [70]),
        (INDEX, [None], []),
    ],
)
def test_a_legend_shows_round_values_between_the_least_and_the_most(
    measure: Measure, values: list[float | None], expected: list[float]
):
    frame = known(measure, **{f"city {place}": value for place, value in enumerate(values)})
    assert round_values(frame, measure) == expected


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30), st.sampled_from([INDEX, BORN_ABROAD, PRACTICES]))
def test_round_values_are_at_most_three_and_never_beyond_those_known(values: list[float], measure: Measure):
    found = round_values(known(measure, **{str(place): value for place, value in enumerate(values)}), measure)
    room = 10.0**-measure.digits
    assert len(found) <= 3
    assert all(min(values) - room <= value <= max(values) + room for value in found)
