"""Spearman's rank correlation with its interval, beside SciPy's and the formula of the article."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from icc_data.analysis.rank_correlation import FEWEST_PAIRS, rank_correlation

SCORES = [40, 45, 50, 55, 60, 65, 70, 75, 80, 85]
PRACTICES = [1, 0, 2, 1, 3, 2, 5, 3, 4, 6]


@pytest.mark.parametrize("seed", range(8))
def test_the_correlation_is_scipys_ties_included(seed: int):
    dice = np.random.default_rng(seed)
    ones, others = dice.integers(0, 12, 40).tolist(), dice.poisson(1.5, 40).tolist()
    found = rank_correlation(ones, others)
    assert found is not None
    assert found.rho == pytest.approx(stats.spearmanr(ones, others).statistic)
    assert found.n == 40


def test_the_interval_is_fishers_with_the_standard_error_of_bonett_and_wright():
    found = rank_correlation(SCORES, PRACTICES)
    assert found is not None
    rho = stats.spearmanr(SCORES, PRACTICES).statistic
    reach = stats.norm.ppf(0.975) * math.sqrt((1 + rho**2 / 2) / 7)
    assert (found.low, found.high) == pytest.approx(
        (np.tanh(np.arctanh(rho) - reach), np.tanh(np.arctanh(rho) + reach))
    )


def test_a_surer_interval_is_wider():
    usual, surer = rank_correlation(SCORES, PRACTICES), rank_correlation(SCORES, PRACTICES, confidence=0.99)
    assert usual is not None
    assert surer is not None
    assert surer.low < usual.low < usual.rho < usual.high < surer.high


def test_such_intervals_hold_a_true_correlation_about_as_often_as_they_say():
    dice = np.random.default_rng(5)
    # Of two normal variables with correlation r, the rank correlation is 6/π arcsin(r/2) (Pearson 1907).
    true = 6 / math.pi * math.asin(0.6 / 2)
    held = 0
    for _ in range(400):
        ones, others = dice.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], 30).T
        found = rank_correlation(ones.tolist(), others.tolist())
        assert found is not None
        held += found.low <= true <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_nothing_is_said_over_fewer_than_ten_pairs():
    assert FEWEST_PAIRS == 10
    assert rank_correlation(SCORES[:9], PRACTICES[:9]) is None


def test_a_pair_of_which_one_value_is_missing_does_not_count():
    found = rank_correlation([*SCORES, 99], [*PRACTICES, math.nan])
    assert found == rank_correlation(SCORES, PRACTICES)
    assert rank_correlation([*SCORES[:9], math.nan], PRACTICES) is None


def test_nothing_is_said_where_all_have_the_same():
    assert rank_correlation(SCORES, [0] * 10) is None
    assert rank_correlation([70] * 10, PRACTICES) is None


@pytest.mark.parametrize("others", [SCORES, SCORES[::-1]])
def test_of_the_same_or_the_opposite_order_throughout_no_interval_is_known(others: list[int]):
    assert rank_correlation(SCORES, others) is None


def test_values_that_cannot_be_paired_are_refused():
    with pytest.raises(ValueError, match="10 values cannot be paired with 9"):
        rank_correlation(SCORES, PRACTICES[:9])
