"""How far a share or a difference could be chance: intervals and tests, one definition for every page.

The practices are what the programme chose to publish, no sample of anything. The intervals and tests answer one
question all the same: would the picture be likely to look alike if as many practices were published again?
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]

CONFIDENCE = 0.95
FALSE_DISCOVERIES = 0.05
"""Of the cells of a matrix that are called more than chance, the share that may be chance all the same."""
FEW = 5
"""Fewer practices than this say little; shares of them are greyed, and this is said."""


def wilson(counts: npt.ArrayLike, totals: npt.ArrayLike, confidence: float = CONFIDENCE) -> tuple[Numbers, Numbers]:
    """Wilson's score interval of shares.

    Sources: E. B. Wilson 1927, “Probable inference, the law of succession, and statistical inference”, Journal of the
    American Statistical Association 22, 209-212; recommended for few cases by L. D. Brown, T. T. Cai and A. DasGupta
    2001, “Interval estimation for a binomial proportion”, Statistical Science 16, 101-133.

    Args:
        counts: how many of each total have the property.
        totals: how many there are.
        confidence: how often such an interval holds the share, between 0 and 1.

    Returns:
        The lower and upper ends, between 0 and 1; both missing where a total is 0.
    """
    count, total = np.asarray(counts, dtype=float), np.asarray(totals, dtype=float)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = count / total
        middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
        half = z / (1 + z**2 / total) * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    # Rounding must not push an end beyond the share of none or all.
    low = np.where(count == 0, 0.0, np.clip(middle - half, 0, 1))
    high = np.where(count == total, 1.0, np.clip(middle + half, 0, 1))
    none = total == 0
    return np.where(none, np.nan, low), np.where(none, np.nan, high)


def expected(ones: npt.ArrayLike, others: npt.ArrayLike, total: npt.ArrayLike) -> Numbers:
    """How many practices would have both properties if the two had nothing to do with each other.

    Args:
        ones, others: how many have each of the two.
        total: how many practices there are.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        product: Numbers = np.asarray(ones, dtype=float) * np.asarray(others, dtype=float) / np.asarray(total)
    return product


def mid_p(both: npt.ArrayLike, ones: npt.ArrayLike, others: npt.ArrayLike, total: npt.ArrayLike) -> Numbers:
    """How likely as many with both properties, or fewer, or more, are by chance: two-sided mid-p of Fisher's test.

    Twice the smaller tail of the hypergeometric distribution, in which what was seen counts half. Sources: R. A.
    Fisher 1935, “The logic of inductive inference”, Journal of the Royal Statistical Society 98, 39-82; H. O.
    Lancaster 1961, “Significance tests in discrete distributions”, Journal of the American Statistical Association 56,
    223-234.

    Args:
        both: how many practices have both properties.
        ones, others: how many have each of the two.
        total: how many practices there are.

    Returns:
        Values between 0 and 1; 1 where nothing else could have been seen.
    """
    tables = np.broadcast_arrays(*(np.asarray(counts, dtype=float) for counts in (both, ones, others, total)))
    # Most cells of a table of cities hold the same few numbers.
    firsts, alike = _alike(*(counts.ravel() for counts in tables))
    p: Numbers = _mid_p(*(counts.ravel()[firsts] for counts in tables))[alike].reshape(tables[0].shape)
    return p


def _alike(*columns: Numbers) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Where each combination of numbers stands first, and which of these combinations each row has."""
    alike = np.zeros(columns[0].size, dtype=np.intp)
    for column in columns:
        codes, values = pd.factorize(column, use_na_sentinel=False)
        alike, _combinations = pd.factorize(alike * len(values) + codes)
    firsts = np.empty(alike.max(initial=-1) + 1, dtype=np.intp)
    firsts[alike[::-1]] = np.arange(alike.size)[::-1]
    return firsts, alike


def _mid_p(seen: Numbers, having: Numbers, other: Numbers, n: Numbers) -> Numbers:
    # Few of those who have a property are as likely as many of those who lack it: the tail away from the middle is
    # always the lower one of either.
    with np.errstate(divide="ignore", invalid="ignore"):
        many = seen * n > having * other
    seen, having = np.where(many, other - seen, seen), np.where(many, n - having, having)
    tail = _chance_of(seen, having, other, n) * _and_fewer(seen, having, other, n)
    p: Numbers = np.clip(2 * np.minimum(tail, 1 - tail), 0, 1)
    return p


def _chance_of(seen: Numbers, having: Numbers, other: Numbers, n: Numbers) -> Numbers:
    """How likely so many with both properties are by chance: the probabilities of the hypergeometric distribution.

    Made of three binomial ones, whatever their share is: each of these is known in a few steps, while their own sums
    are as long as there are practices, and with logarithms of factorials the tenth digit is lost.
    """
    # Loading it takes longer than opening most pages, and most pages ask for no test.
    from scipy.stats import binom

    with np.errstate(divide="ignore", invalid="ignore"):
        share = other / n
        apart = binom.pmf(seen, having, share) * binom.pmf(other - seen, n - having, share)
        chance: Numbers = apart / binom.pmf(other, n, share)
    return chance


# Beyond a term of such a part of the sum, all others together change no digit of it.
_NOTHING = 1e-18
_AT_ONCE = 32


def _and_fewer(seen: Numbers, having: Numbers, other: Numbers, n: Numbers) -> Numbers:
    """How likely so many, counted half, and fewer are, in times as likely as so many are."""
    sums = np.full(seen.size, 0.5)
    k, ones, others, neither = seen.copy(), having, other, n - having - other
    term, left = np.ones(seen.size), np.arange(seen.size)
    steps = np.arange(_AT_ONCE)
    while left.size:
        fewer = np.maximum(k[left, None] - steps, 0)
        ratio = fewer * (neither[left, None] + fewer)
        ratio /= (ones[left, None] - fewer + 1) * (others[left, None] - fewer + 1)
        terms = term[left, None] * np.cumprod(np.maximum(ratio, 0), axis=1)
        sums[left] += terms.sum(axis=1)
        term[left], k[left] = terms[:, -1], k[left] - _AT_ONCE
        left = left[terms[:, -1] > _NOTHING * sums[left]]
    return sums


def discoveries(p: npt.ArrayLike, rate: float = FALSE_DISCOVERIES) -> npt.NDArray[np.bool_]:
    """Which of many differences are more than chance, with the false discovery rate held.

    Source: Y. Benjamini and Y. Hochberg 1995, “Controlling the false discovery rate”, Journal of the Royal Statistical
    Society B 57, 289-300.

    Args:
        p: the p-value of every difference that is looked at; those that are missing are no discoveries.
        rate: the share of the discoveries that may be false.
    """
    values = np.asarray(p, dtype=float)
    # Those that are missing come last.
    tested = np.argsort(values)[: np.count_nonzero(~np.isnan(values))]
    adjusted = values[tested] * (tested.size / np.arange(1, tested.size + 1))
    discovered = np.zeros(values.shape, dtype=bool)
    discovered[tested] = np.minimum.accumulate(adjusted[::-1])[::-1] <= rate
    return discovered


def beside_chance(
    cells: pd.DataFrame, *, both: str, ones: str, others: str, total: str, sizes: Sequence[int] = ()
) -> pd.DataFrame:
    """The cells of a matrix of co-occurrence with what chance would give, and whether they are more than that.

    Args:
        cells: one row a cell of the whole matrix, or of several, one below the other.
        both: the column with the number of practices that have both properties.
        ones, others: the columns with the number that have each of the two.
        total: the column with the number of practices in the selection.
        sizes: how many cells each of several matrices has; the false discoveries are held over each by itself.

    Returns:
        The cells with ``expected`` (practices), ``lift`` (seen over expected; missing where none is expected), ``p``
        and ``chance``: whether the difference could be chance.
    """
    columns: list[Any] = [cells[name].to_numpy() for name in (both, ones, others, total)]
    by_chance = expected(*columns[1:])
    p = mid_p(*columns)
    with np.errstate(divide="ignore", invalid="ignore"):
        lift = np.where(by_chance > 0, columns[0] / by_chance, np.nan)
    discovered = np.concatenate([discoveries(part) for part in np.split(p, np.cumsum(sizes)[:-1] if sizes else [])])
    return cells.assign(expected=by_chance, lift=lift, p=p, chance=~discovered)


def newcombe(
    counts: npt.ArrayLike, totals: npt.ArrayLike, counts_before: npt.ArrayLike, totals_before: npt.ArrayLike
) -> tuple[Numbers, Numbers]:
    """The 95% interval of the difference of two independent shares, the one less the one before.

    Newcombe's hybrid score interval (his method 10), made of Wilson's interval of either share. Source: R. G. Newcombe
    1998, “Interval estimation for the difference between independent proportions: comparison of eleven methods”,
    Statistics in Medicine 17, 873-890.

    Args:
        counts, totals: how many of each total have the property.
        counts_before, totals_before: the same of what is compared with.

    Returns:
        The lower and upper ends, between -1 and 1; both missing where a total is 0.
    """
    low, high = wilson(counts, totals)
    low_before, high_before = wilson(counts_before, totals_before)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.asarray(counts, dtype=float) / np.asarray(totals, dtype=float)
        before = np.asarray(counts_before, dtype=float) / np.asarray(totals_before, dtype=float)
    difference = share - before
    below = np.sqrt((share - low) ** 2 + (high_before - before) ** 2)
    above = np.sqrt((high - share) ** 2 + (before - low_before) ** 2)
    return difference - below, difference + above


Three = tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]


def difference_interval(counts: Three, totals: Three) -> tuple[Numbers, Numbers]:
    """The 95% interval of the difference of the shares of two groups that may have members in common.

    The two groups are three that have none in common: those of the first alone, of the other alone, and of both. The
    difference is a weighted sum of their shares, and its interval is made of Wilson's of each (the method of variance
    estimates recovery); without members in common it is ``newcombe``. Source: G. Y. Zou, W. Huang and X. Zhang 2009,
    “A note on confidence interval estimation for a linear function of binomial proportions”, Computational Statistics
    & Data Analysis 53, 1080-1085.

    Args:
        counts: how many have the property, of the first group, of the other, and of what is in both.
        totals: how many there are of each of these.

    Returns:
        The lower and upper ends, between -1 and 1; both missing where the first or the other total is 0.
    """
    (count, other, both), (total, other_total, both_total) = (
        [np.asarray(value, dtype=float) for value in values] for values in (counts, totals)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = (
            (count - both, total - both_total, (total - both_total) / total),
            (other - both, other_total - both_total, -(other_total - both_total) / other_total),
            (both, both_total, both_total / total - both_total / other_total),
        )
        difference = count / total - other / other_total
        below, above = np.zeros_like(difference), np.zeros_like(difference)
        for having, of, weight in parts:
            low, high = wilson(having, of)
            ends = np.where(of == 0, 0.0, weight * low), np.where(of == 0, 0.0, weight * high)
            middle = np.where(of == 0, 0.0, weight * having / of)
            below += (middle - np.minimum(*ends)) ** 2
            above += (np.maximum(*ends) - middle) ** 2
    return difference - np.sqrt(below), difference + np.sqrt(above)


def counts_differ(count: int, before: int) -> bool | None:
    """Whether two counts of equally long times differ by more than chance.

    Were both times alike, each event would be as likely in the one as in the other: they differ where Wilson's 95%
    interval of the one's share of both leaves out one half.

    Args:
        count, before: what was counted in either time.

    Returns:
        None where both together are fewer than ``FEW``.
    """
    both = count + before
    if both < FEW:
        return None
    low, high = wilson(count, both)
    return not float(low) <= 0.5 <= float(high)


def poisson_interval(counts: npt.ArrayLike, confidence: float = CONFIDENCE) -> tuple[Numbers, Numbers]:
    """The exact interval of the mean of a Poisson distribution of which a count was seen.

    Source: F. Garwood 1936, “Fiducial limits for the Poisson distribution”, Biometrika 28, 437-442.

    Args:
        counts: what was counted.
        confidence: how often such an interval holds the mean at least, between 0 and 1.

    Returns:
        The lower and upper ends, in what was counted; the lower end of 0 is 0.
    """
    from scipy.special import gammaincinv

    count, tail = np.asarray(counts, dtype=float), (1 - confidence) / 2
    low = np.where(count == 0, 0.0, gammaincinv(np.maximum(count, 1), tail))
    return low, np.asarray(gammaincinv(count + 1, 1 - tail), dtype=float)


def count_ratio_interval(
    counts: npt.ArrayLike, base: npt.ArrayLike, confidence: float = CONFIDENCE
) -> tuple[Numbers, Numbers]:
    """The exact interval of the ratio of two Poisson means of which counts were seen.

    Given both counts together, the one is binomial: the ends are those of its share p by C. J. Clopper and E. S.
    Pearson 1934, “The use of confidence or fiducial limits illustrated in the case of the binomial”, Biometrika 26,
    404-413, as p / (1 - p). Source: J. Przyborowski and H. Wilenski 1940, “Homogeneity of results in testing samples
    from Poisson series”, Biometrika 31, 313-323.

    Args:
        counts: what was counted.
        base: what it is compared with, more than 0.
        confidence: how often such an interval holds the ratio at least, between 0 and 1.

    Returns:
        The lower and upper ends.
    """
    from scipy.special import betaincinv

    count, other = (np.asarray(values, dtype=float) for values in (counts, base))
    tail = (1 - confidence) / 2
    low = np.where(count == 0, 0.0, betaincinv(np.maximum(count, 1), other + 1, tail))
    high = betaincinv(count + 1, other, 1 - tail)
    return low / (1 - low), high / (1 - high)
