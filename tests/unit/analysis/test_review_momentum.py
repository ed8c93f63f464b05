"""What grows and what shrinks: differences with their intervals, and silence where numbers are small."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.analysis.review_momentum import comparable, movements, too_few_words, with_difference
from icc_data.analysis.uncertainty import counts_differ, newcombe
from icc_data.queries.review_queries import ReviewPeriod


def momentum(*rows: tuple[int, int], of: int = 50, of_before: int = 50) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["practices", "practices_before"])
    return frame.assign(code=[f"a{place}" for place in range(len(rows))], of=of, of_before=of_before, uncoded=0)


@pytest.mark.parametrize(
    ("now", "of", "before", "of_before", "low", "high"),
    [
        # Newcombe 1998, table II, method 10: cases (a), (b), (d) and (f).
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 10, -0.2775, 0.2775),
    ],
)
def test_the_interval_of_a_difference_is_that_of_newcombes_paper(
    now: int, of: int, before: int, of_before: int, low: float, high: float
):
    ends = newcombe([now], [of], [before], [of_before])
    assert [float(end[0]) for end in ends] == pytest.approx([low, high], abs=5e-5)


@given(
    st.tuples(*[st.integers(1, 80)] * 2).flatmap(
        lambda totals: st.tuples(
            st.integers(0, totals[0]), st.just(totals[0]), st.integers(0, totals[1]), st.just(totals[1])
        )
    )
)
def test_the_interval_holds_the_difference_and_turns_with_the_periods(counts: tuple[int, int, int, int]):
    now, of, before, of_before = counts
    low, high = (float(end[0]) for end in newcombe([now], [of], [before], [of_before]))
    assert -1 - 1e-12 <= low <= now / of - before / of_before + 1e-12
    assert now / of - before / of_before - 1e-12 <= high <= 1 + 1e-12
    turned = [float(end[0]) for end in newcombe([before], [of_before], [now], [of])]
    assert turned == pytest.approx([-high, -low])


def test_a_share_that_grows_from_none_to_half_does_so_by_more_than_chance():
    told = with_difference(momentum((25, 0), (10, 11), (0, 25)))
    assert list(told["difference"]) == pytest.approx([0.5, -0.02, -0.5])
    assert list(told["chance"]) == [False, True, False]


def test_nothing_is_said_of_a_term_with_fewer_than_five_practices_in_both_periods():
    told = with_difference(momentum((3, 1), (3, 2)))
    assert list(told["few"]) == [True, False]
    assert np.isnan(told["difference"][0])
    assert told["chance"][0]
    assert list(movements(told, str.upper)["label"]) == ["A1"]


def test_nothing_is_said_where_a_period_has_fewer_than_five_practices_in_all():
    frame = momentum((4, 40), of=4)
    assert not comparable(frame)
    assert with_difference(frame)["few"].all()


def test_an_empty_period_breaks_nothing():
    told = with_difference(momentum((0, 0), of=0, of_before=0))
    assert told["share"].isna().all()
    assert movements(told, str).empty


def test_a_movement_in_words_says_shares_counts_points_and_interval():
    [row] = movements(with_difference(momentum((25, 0))), str.upper).to_dict("records")
    assert row["now_words"] == "50% (25 of 50)"
    assert row["shares_words"] == "0% → 50% (0 → 25)"
    # Wilson: 25 of 50 from 36.6 to 63.4, 0 of 50 up to 7.1; 50 - √(13.4² + 7.1²) and 50 + 13.4.
    assert row["difference_words"] == "+50 points (from +35 to +63)"
    assert row["chance_words"] == "grew"


@pytest.mark.parametrize(
    ("count", "before", "differ"),
    # Wilson: 4 of 21 from 7.7 to 40.0 %; 8 of 20 from 21.9 to 61.3 %; under 5 nothing is said.
    [(4, 17, True), (8, 12, False), (1, 3, None), (5, 0, True)],
)
def test_two_counts_differ_where_the_interval_of_the_ones_part_leaves_out_one_half(
    count: int, before: int, differ: bool | None
):
    assert counts_differ(count, before) is differ


@pytest.mark.parametrize(("started", "words"), [(1, "2025–2026: 1 practice, in"), (4, "2025–2026: 4 practices, in")])
def test_too_few_to_compare_are_counted_in_the_singular_where_one_started(started: int, words: str):
    told = too_few_words(momentum((1, 1), of=started, of_before=3), ReviewPeriod(2025, 2026))
    assert words in told
    assert "2023–2024: 3." in told
