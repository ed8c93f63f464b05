"""The mean distance of all pairs of cities in one feature: what a pair counts with where the feature is not known.

No pair is looked at by itself, so that ten thousand cities take no longer than reading them does. Numbers and profiles
are sorted: the sum of all differences of sorted values x₁ ≤ … ≤ xₙ is Σ (2i − n − 1) xᵢ. Categories are counted. Sets
are compared once for each two different sets, of which there are few, weighed by the number of cities that have them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

MOST_SETS = 1000
"""With more different sets than this the mean is over the cities that have the most frequent ones."""

NOT_KNOWN = float("nan")


def of_numbers(values: Sequence[Any], spread: float) -> float:
    """The mean difference of two numbers over the spread of all.

    Args:
        values: a number a city, None where it is not known.
        spread: the largest number less the smallest.

    Returns:
        Between 0 and 1; missing with fewer than two known numbers, here and in the functions below.
    """
    numbers = np.array([float(value) for value in values if value is not None])
    if len(numbers) < 2:
        return NOT_KNOWN
    return float(_mean_difference(numbers[:, None])[0] / spread) if spread else 0.0


def of_categories(values: Sequence[Any], spread: float) -> float:
    """The share of pairs whose categories differ.

    Args:
        values: a category a city, None where it is not known.
        spread: not used; categories have none.
    """
    counts = Counter(value for value in values if value is not None)
    pairs = _pairs(counts.total())
    return 1 - sum(_pairs(count) for count in counts.values()) / pairs if pairs else NOT_KNOWN


def of_sets(values: Sequence[Any], spread: float) -> float:
    """The mean Jaccard distance of two sets; two empty ones are alike.

    Args:
        values: a set of codes a city, None where it is not known.
        spread: not used; sets have none.
    """
    counts = Counter(value for value in values if value is not None)
    # In an order of their own, so that the order of the cities does not show in the rounding.
    commonest = sorted(counts.items(), key=lambda item: (-item[1], sorted(item[0])))[:MOST_SETS]
    cities = np.array([count for _codes, count in commonest], dtype=float)
    pairs = _pairs(int(cities.sum()))
    if not pairs:
        return NOT_KNOWN
    columns = {code: place for place, code in enumerate(sorted(set().union(*(codes for codes, _count in commonest))))}
    has = np.zeros((len(commonest), len(columns)))
    for place, (codes, _count) in enumerate(commonest):
        has[place, [columns[code] for code in codes]] = 1
    shared = has @ has.T
    either = has.sum(axis=1)[:, None] + has.sum(axis=1) - shared
    distance = 1 - np.divide(shared, either, out=np.ones_like(shared), where=either > 0)
    return float(cities @ distance @ cities / 2 / pairs)


def of_profiles(values: Sequence[Mapping[str, int] | None], spread: float) -> float:
    """The mean of half the sum of the differences of shares.

    Args:
        values: amounts by code of each city, None or empty where nothing is known.
        spread: not used; shares are compared as they are.
    """
    profiles = [value for value in values if value]
    if len(profiles) < 2:
        return NOT_KNOWN
    columns = {code: place for place, code in enumerate(sorted(set().union(*profiles)))}
    shares = np.zeros((len(profiles), len(columns)))
    for place, profile in enumerate(profiles):
        shares[place, [columns[code] for code in profile]] = list(profile.values())
    shares /= shares.sum(axis=1, keepdims=True)
    return float(_mean_difference(shares).sum() / 2)


def _pairs(count: int) -> float:
    return count * (count - 1) / 2


def _mean_difference(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The mean difference of all pairs of rows, column by column."""
    count = len(numbers)
    ranks = 2 * np.arange(1, count + 1) - count - 1
    return np.asarray(ranks @ np.sort(numbers, axis=0) / _pairs(count))
