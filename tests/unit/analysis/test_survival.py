"""How long practices last: by hand, and equal to scipy's estimate from the same ends and continuations."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from icc_data.analysis import survival, survival_words


def table(code: str, rows: list[tuple[int, int, int]], *, dated: int, ends: int, silent: int) -> pd.DataFrame:
    """A life table of (at risk, ended, left), from year 0."""
    frame = pd.DataFrame(rows, columns=["at_risk", "ended", "left"])
    return frame.assign(code=code, years=range(len(frame)), dated=dated, known_ends=ends, silent=silent)


# Twenty practices: of five nothing is known after the start, of fifteen five end in the first year, four in the second
# and three in the third; three go on.
SMALL = table("all", [(20, 0, 5), (15, 5, 0), (10, 4, 0), (6, 3, 3)], dated=20, ends=12, silent=5)


def test_the_share_falls_by_those_that_end_of_those_that_could():
    # 10/15; 10/15 × 6/10; 10/15 × 6/10 × 3/6.
    assert survival.with_shares(SMALL)["share"].tolist() == pytest.approx([1, 2 / 3, 2 / 5, 1 / 5])


def test_the_interval_is_greenwoods_on_the_scale_of_log_minus_log():
    low, high = survival.with_shares(SMALL)[["low", "high"]].iloc[1]
    # The variance of log(2/3) is 5 / (15 × 10) = 1/30, and log(2/3) = −0.405465.
    # 1.959964 × 0.182574 / 0.405465 = 0.882532; its exponential is 2.417014, and that of its negative 0.413734.
    assert (low, high) == pytest.approx((0.6666667**2.417014, 0.6666667**0.413734), abs=1e-5)


def test_a_share_is_told_only_as_far_as_the_curve_goes():
    assert survival.share_after(SMALL, 2) == pytest.approx(2 / 5)
    assert survival.share_after(SMALL, 4) is None
    # Six ran until the third year, and four until the fourth.
    longer = table("all", [(20, 0, 0), (10, 1, 4), (6, 3, 0), (4, 1, 3)], dated=20, ends=5, silent=0)
    assert survival.share_after(longer, 2) == pytest.approx(0.9 * 0.5)
    assert survival.share_after(longer, 3) is None


def test_before_the_first_end_and_after_the_last_there_is_no_interval():
    share, low, _high = survival.estimate([4, 4, 4], [0, 1, 3])
    assert share.tolist() == pytest.approx([1, 0.75, 0.1875])
    assert np.isnan(survival.estimate([3], [3])[1:]).all()
    assert np.isnan(low[0])


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=2, max_size=60))
def test_the_estimate_and_its_interval_are_scipys(practices: list[tuple[int, bool]]):
    # An end so many years on, or known to have run so many years on; the latter says nothing where it is 0.
    ends = [lasted + 1 for lasted, ended in practices if ended]
    going = [lasted for lasted, ended in practices if not ended]
    if not ends:
        ends = [3]
    theirs = ecdf(CensoredData(uncensored=ends, right=going)).sf
    steps = range(1, max(ends + going) + 1)
    at_risk = [sum(until >= step for until in ends + going) for step in steps]
    share, low, high = survival.estimate(at_risk, [ends.count(step) for step in steps])
    np.testing.assert_allclose(share, theirs.evaluate(np.array(steps)), atol=1e-12)
    with warnings.catch_warnings(action="ignore"):
        # It says that it has no interval where there is none.
        bounds = theirs.confidence_interval(0.95, method="log-log")
    for bound, mine in ((bounds.low, low), (bounds.high, high)):
        here = ~np.isnan(mine) & np.isfinite(bound.evaluate(np.array(steps)))
        np.testing.assert_allclose(mine[here], bound.evaluate(np.array(steps))[here], atol=1e-12)


MANY = table("few", [(9, 0, 0), (9, 9, 0)], dated=9, ends=9, silent=0)
BOTH = pd.concat([MANY, SMALL.assign(code="many"), SMALL.assign(code="unknown", known_ends=90)], ignore_index=True)


def test_only_groups_with_ten_known_ends_are_drawn_and_those_without_a_value_are_no_group():
    assert survival.drawn_codes(BOTH) == ["many"]


def test_a_curve_ends_where_fewer_than_five_are_known_to_have_run_so_long():
    longer = table("all", [(20, 0, 5), (15, 5, 0), (10, 4, 2), (4, 1, 3)], dated=20, ends=12, silent=5)
    rows = survival.curves(longer, ["all"], str)
    # In year 0 those are watched of which anything is known at all.
    assert rows[["years", "watched"]].values.tolist() == [[0, 15], [1, 15], [2, 10]]


# In words

LONG = pd.concat(
    [SMALL, table("all", [(6, 0, 0)] * 3, dated=20, ends=12, silent=5).assign(years=[4, 5, 6])], ignore_index=True
)


def test_a_sentence_tells_of_the_fifth_year():
    rows = survival.curves(LONG, ["all"], str)
    words = survival_words.of_curves(rows)
    assert words.startswith("5 years after the year of their start, 20% were still running (95% interval: ")


def test_of_several_groups_the_sentence_tells_the_most_and_the_fewest():
    steady = LONG.assign(code="steady", ended=[0, 1, 0, 0, 0, 0, 0])
    rows = survival.curves(pd.concat([LONG, steady]), ["all", "steady"], str.title)
    words = survival_words.of_curves(rows)
    assert "most were still running in Steady (93%" in words
    assert "fewest in All (20%" in words


def test_of_too_few_years_the_sentence_says_that():
    rows = survival.curves(SMALL, ["all"], str)
    assert survival_words.of_curves(rows) == "Too few practices are known to have run 5 years or more."


def test_how_few_ends_are_known_is_said_with_what_goes_on_and_what_says_nothing():
    counts = {"dated": 20, "known_ends": 12, "silent": 5}
    assert survival_words.known_ends(counts) == (
        "Of 20 practices with a start year an end is known of 12; 3 go on, or end in the year of the data or later; of "
        "5 nothing is known after the start year, so that they are not in the curve."
    )


def test_where_nothing_is_drawn_it_is_said_why():
    counts = {"dated": 20, "known_ends": 2, "silent": 5}
    assert "Nothing is drawn with fewer than 10 known ends" in survival_words.too_few(counts, "none")
    assert "No group has 10 known ends" in survival_words.too_few(counts, "country")


def test_groups_that_are_not_drawn_are_named_with_their_ends():
    assert survival_words.groups_left_out(BOTH, str.title) == "Not drawn, with fewer than 10 known ends: Few (9)."
    assert survival_words.groups_left_out(SMALL, str.title) == ""


def test_the_table_names_groups_only_where_there_are_several():
    rows = survival.curves(SMALL, ["all"], str)
    assert next(iter(survival_words.table_rows(rows, grouped=False)[1])) == "years"
    assert next(iter(survival_words.table_rows(rows, grouped=True)[1])) == "label"
