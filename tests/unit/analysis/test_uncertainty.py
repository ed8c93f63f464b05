"""Intervals and tests: equal to other implementations, and to sums of fractions worked out one by one."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from time import thread_time
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, poisson

from icc_data.analysis.uncertainty import (
    beside_chance,
    count_ratio_interval,
    discoveries,
    expected,
    mid_p,
    poisson_interval,
    wilson,
)

# The p-values of fifteen comparisons in Benjamini and Hochberg 1995, section 4.
OF_THE_PAPER = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Two properties of some practices: (both, ones, others, total)."""
    total = draw(st.integers(1, 40))
    ones, others = draw(st.integers(0, total)), draw(st.integers(0, total))
    return draw(st.integers(max(0, ones + others - total), min(ones, others))), ones, others, total


def mid_p_in_whole_numbers(both: int, ones: int, others: int, total: int) -> Fraction:
    least = max(0, ones + others - total)
    ways = comb(ones, least) * comb(total - ones, others - least)
    fewer = as_many = more = 0
    for k in range(least, min(ones, others) + 1):
        if k < both:
            fewer += ways
        elif k == both:
            as_many = ways
        else:
            more += ways
        ways = ways * (ones - k) * (others - k) // ((k + 1) * (total - ones - others + k + 1))
    return min(Fraction(1), Fraction(2 * min(fewer, more) + as_many, comb(total, others)))


@given(total=st.integers(1, 2000), data=st.data())
def test_the_interval_is_wilsons(total: int, data: st.DataObject):
    count = data.draw(st.integers(0, total))
    theirs = binomtest(count, total).proportion_ci(0.95, method="wilson")
    low, high = wilson(count, total)
    assert (float(low), float(high)) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    assert 0 <= low <= count / total <= high <= 1


def test_of_no_practices_there_is_no_interval():
    low, high = wilson([0, 1], [0, 2])
    assert np.isnan([low[0], high[0]]).all()
    # (0.5 + z²/4) / (1 + z²/2) ± …: the textbook's 1 of 2.
    assert (low[1], high[1]) == pytest.approx((0.0945, 0.9055), abs=5e-5)


def test_what_chance_would_give_is_the_product_of_the_shares():
    # Of 100 practices 20 are about education and 30 are Spanish: 6 would be both.
    assert expected(20, 30, 100) == 6


@given(table=tables())
def test_the_test_is_fishers_with_what_was_seen_counted_half(table: tuple[int, int, int, int]):
    assert float(mid_p(*table)) == pytest.approx(float(mid_p_in_whole_numbers(*table)), rel=1e-12)


@pytest.mark.parametrize(
    "table",
    [(50, 637, 1_127, 10_000), (72, 637, 1_127, 10_000), (110, 637, 1_127, 10_000), (0, 118, 139, 1_703),
     (110, 132, 735, 1_703), (138, 17_035, 139, 17_100)],
)  # fmt: skip
def test_of_many_practices_it_is_fishers_test_to_the_twelfth_digit(table: tuple[int, int, int, int]):
    assert float(mid_p(*table)) == pytest.approx(float(mid_p_in_whole_numbers(*table)), rel=1e-12)


@given(table=tables())
def test_the_test_does_not_depend_on_which_property_is_named_first(table: tuple[int, int, int, int]):
    both, ones, others, total = table
    assert float(mid_p(both, ones, others, total)) == pytest.approx(float(mid_p(both, others, ones, total)), abs=1e-9)


def test_where_nothing_else_could_be_seen_all_is_chance():
    assert mid_p(3, 3, 5, 5) == 1


def test_many_cells_are_tested_at_once_and_each_has_what_it_has_alone():
    # As sums over all practices, the first alone takes more than a millisecond of the processor.
    both, others = np.array([5_000, 3, 3]), np.array([10_000, 8, 9])
    alone = [float(mid_p(count, 10_000, other, 20_000)) for count, other in zip(both, others, strict=True)]
    # Whoever tests the first cell loads what tests it.
    begin = thread_time()
    p = mid_p(np.tile(both, 3_000), 10_000, np.tile(others, 3_000), 20_000)
    taken = thread_time() - begin

    assert p.shape == (9_000,)
    assert p[:3].tolist() == p[-3:].tolist() == alone
    assert taken < 0.5


def test_where_there_are_no_practices_nothing_is_tested():
    assert np.isnan(mid_p([0, 1], [0, 1], [0, 1], [0, 2])).tolist() == [True, False]


def test_of_many_differences_those_of_the_paper_are_discoveries():
    # One by one, nine are below 0.05; held together, the first four are left.
    assert discoveries(OF_THE_PAPER).tolist() == [True] * 4 + [False] * 11


def test_the_order_of_the_differences_does_not_matter_and_missing_ones_are_none():
    assert discoveries([0.5, np.nan, 0.001]).tolist() == [False, False, True]
    assert discoveries([]).tolist() == []


def test_cells_say_what_chance_would_give_and_whether_they_are_more():
    cells = pd.DataFrame({"both": [18, 6, 0], "one": [20, 20, 20], "other": [30, 30, 0], "all": [100] * 3})
    told = beside_chance(cells, both="both", ones="one", others="other", total="all")
    assert told["expected"].tolist() == [6, 6, 0]
    assert told["lift"].tolist()[:2] == [3, 1]
    assert np.isnan(told["lift"].iloc[2])
    assert told["chance"].tolist() == [False, True, True]


def test_the_false_discoveries_of_several_matrices_are_held_over_each_of_them():
    # Alone, the first pair is more than chance; among nine that are not, it could be one of them.
    cells = pd.DataFrame({"both": [10, *[6] * 9], "one": [20] * 10, "other": [30] * 10, "all": [100] * 10})
    columns: dict[str, Any] = {"both": "both", "ones": "one", "others": "other", "total": "all"}
    assert beside_chance(cells, **columns)["chance"].tolist() == [True] * 10
    assert beside_chance(cells, **columns, sizes=[1, 9])["chance"].tolist() == [False, *[True] * 9]
    assert beside_chance(cells, **columns, sizes=[0, 1, 9])["chance"].tolist() == [False, *[True] * 9]


def test_the_interval_of_a_count_is_that_of_the_tables():
    # Garwood's limits, as printed in tables of the Poisson distribution.
    low, high = poisson_interval([0, 1, 4, 10, 50])
    assert low == pytest.approx([0, 0.0253, 1.0899, 4.7954, 37.1110], abs=5e-5)
    assert high == pytest.approx([3.6889, 5.5716, 10.2416, 18.3904, 65.9188], abs=5e-5)


@given(count=st.integers(1, 500))
def test_at_the_ends_of_its_interval_a_count_is_just_as_unlikely_as_is_said(count: int):
    low, high = poisson_interval(count)
    assert poisson.sf(count - 1, low) == pytest.approx(0.025, rel=1e-6)
    assert poisson.cdf(count, high) == pytest.approx(0.025, rel=1e-6)


@given(count=st.integers(0, 300), base=st.integers(1, 300))
def test_the_interval_of_a_ratio_is_made_of_clopper_and_pearsons_of_the_share(count: int, base: int):
    theirs = binomtest(count, count + base).proportion_ci(0.95, method="exact")
    low, high = count_ratio_interval(count, base)
    assert (float(low), float(high)) == pytest.approx(
        (theirs.low / (1 - theirs.low), theirs.high / (1 - theirs.high)), rel=1e-6
    )
    assert low <= count / base <= high
