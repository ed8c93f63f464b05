"""Whether what is high in one thing is high in another: Spearman's rank correlation, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import NormalDist

import numpy as np
import pandas as pd

CONFIDENCE = 0.95
FEWEST_PAIRS = 10
"""Over fewer pairs nothing is said: the interval would hold nearly everything."""


@dataclass(frozen=True)
class RankCorrelation:
    """How far two rankings agree.

    Attributes:
        n: number of pairs.
        rho: from -1 (opposite) to 1 (the same order).
        low, high: the ends of the interval.
    """

    n: int
    rho: float
    low: float
    high: float


def rank_correlation(
    ones: Sequence[float], others: Sequence[float], confidence: float = CONFIDENCE
) -> RankCorrelation | None:
    """Spearman's rank correlation of pairs, those equal sharing their mean rank, with an interval.

    The interval is Fisher's: z = artanh(rho), of which the standard error is sqrt((1 + rho²/2) / (n - 3)). Sources:
    C. Spearman 1904, “The proof and measurement of association between two things”, American Journal of Psychology 15,
    72-101; D. G. Bonett and T. A. Wright 2000, “Sample size requirements for estimating Pearson, Kendall and Spearman
    correlations”, Psychometrika 65, 23-28.

    Args:
        ones, others: the two values of each pair.
        confidence: how often such an interval holds the correlation, between 0 and 1.

    Returns:
        None over fewer than ``FEWEST_PAIRS`` pairs, where all values of one side are equal, or where both orders are
        the same or opposite throughout, of which the formula knows no interval.

    Raises:
        ValueError: there are not as many ones as others.
    """
    if len(ones) != len(others):
        raise ValueError(f"{len(ones)} values cannot be paired with {len(others)}")
    pairs = pd.DataFrame({"one": list(ones), "other": list(others)}, dtype=float).dropna()
    n = len(pairs)
    if n < FEWEST_PAIRS or pairs["one"].nunique() == 1 or pairs["other"].nunique() == 1:
        return None
    ranks = pairs.rank(method="average")
    rho = float(np.corrcoef(ranks["one"], ranks["other"])[0, 1])
    if abs(rho) >= 1 - 1e-12:
        return None
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt((1 + rho**2 / 2) / (n - 3))
    return RankCorrelation(n, rho, tanh(atanh(rho) - reach), tanh(atanh(rho) + reach))
