"""Mean distances of all pairs of cities: by hand, and of so many cities that no pair can be looked at by itself."""

from __future__ import annotations

import math

import pytest

from icc_data.analysis import mean_distances
from icc_data.analysis.mean_distances import of_categories, of_numbers, of_profiles, of_sets

MANY = 10_000


def test_the_mean_difference_of_numbers_is_over_the_pairs_that_are_known():
    assert of_numbers([1, 4, None, 6], 5.0) == pytest.approx((3 + 5 + 2) / 3 / 5)


def test_the_mean_difference_of_categories_is_the_share_of_pairs_that_differ():
    assert of_categories(["a", "a", None, "b"], 0.0) == pytest.approx(2 / 3)


def test_the_mean_distance_of_sets_takes_two_empty_ones_for_alike():
    sets = [frozenset(), frozenset(), frozenset("ab"), None, frozenset("bc")]
    assert of_sets(sets, 0.0) == pytest.approx((0 + 1 + 1 + 1 + 1 + 2 / 3) / 6)


def test_the_mean_distance_of_profiles_is_of_their_shares():
    assert of_profiles([{"a": 1, "b": 1}, {"a": 4}, {}, None, {"b": 2}], 0.0) == pytest.approx((1 / 2 + 1 / 2 + 1) / 3)


def test_what_is_known_of_fewer_than_two_cities_has_no_mean():
    assert math.isnan(of_numbers([None, 1], 0.0))
    assert math.isnan(of_categories([None, "a"], 0.0))
    assert math.isnan(of_sets([None, frozenset("a")], 0.0))
    assert math.isnan(of_profiles([{}, {"a": 1}], 0.0))


def test_numbers_that_are_all_the_same_are_at_no_distance():
    assert of_numbers([3, 3, 3], 0.0) == 0


def test_ten_thousand_cities_are_as_a_formula_has_them():
    """Of 0 … n−1 the mean difference is (n + 1) / 3; of two halves all but (n/2 − 1) / (n − 1) of the pairs differ."""
    differ = 1 - (MANY / 2 - 1) / (MANY - 1)
    assert of_numbers(list(range(MANY)), MANY - 1) == pytest.approx((MANY + 1) / 3 / (MANY - 1))
    assert of_categories(["a", "b"] * (MANY // 2), 0.0) == pytest.approx(differ)
    assert of_sets([frozenset("a"), frozenset("b")] * (MANY // 2), 0.0) == pytest.approx(differ)
    assert of_profiles([{"a": 2}, {"b": 5}] * (MANY // 2), 0.0) == pytest.approx(differ)


def test_of_more_different_sets_than_can_be_compared_the_most_frequent_count(monkeypatch: pytest.MonkeyPatch):
    sets = [frozenset("a"), frozenset("a"), frozenset("b"), frozenset("b"), frozenset("c")]
    monkeypatch.setattr(mean_distances, "MOST_SETS", 2)
    assert of_sets(sets, 0.0) == pytest.approx(4 / 6)
