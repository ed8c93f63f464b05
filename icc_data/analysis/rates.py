"""Practices against what they are counted: cities, residents, or the practices of a base year."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from icc_data.analysis.uncertainty import FEW, count_ratio_interval, poisson_interval

Measure = Literal["cities", "residents", "base"]

SCALES: dict[str, int] = {"cities": 100, "residents": 1_000_000, "base": 100}
"""What a rate or an index is out of."""
SIZES = (50_000, 200_000, 500_000)
"""Residents from which on a city belongs to the next class; 200,000 is the bound of the Index's clusters."""
FIRST = "first"
"""The base year where nobody chooses one: the first with enough practices."""


def with_rate(rows: pd.DataFrame, scale: int) -> pd.DataFrame:
    """Counts with their rate and its exact Poisson interval.

    Args:
        rows: ``numerator, denominator`` and any other columns.
        scale: how many of what the denominator counts a rate is out of.

    Returns:
        The same columns with ``value, low, high``; what has a denominator of 0 is left out.
    """
    kept = rows[rows["denominator"] > 0].reset_index(drop=True)
    per = scale / kept["denominator"].to_numpy(dtype=float)
    low, high = poisson_interval(kept["numerator"])
    return kept.assign(value=kept["numerator"].to_numpy() * per, low=low * per, high=high * per)


def base_years(by_year: pd.DataFrame) -> list[int]:
    """The years with enough practices to be a base, in their order.

    Args:
        by_year: an answer of ``queries.practices_by_year``, not split.
    """
    return sorted(int(year) for year in by_year[by_year["practices"] >= FEW]["year"])


def base_year(by_year: pd.DataFrame, asked: str) -> int | None:
    """The base year that is meant; None where it is the first with enough practices, and there is none.

    Args:
        by_year: an answer of ``queries.practices_by_year``, not split.
        asked: a year, or ``FIRST``.
    """
    return int(asked) if asked != FIRST else next(iter(base_years(by_year)), None)


def to_base(by_year: pd.DataFrame, base: int | None, last: int) -> pd.DataFrame:
    """Practices by year as an index to those of a base year, which is 100.

    Args:
        by_year: an answer of ``queries.practices_by_year``, not split.
        base: the base year.
        last: a year to which the rows reach at least.

    Returns:
        ``year, numerator`` (practices), ``denominator`` (those of the base year), ``value, low, high``: a row for every
        year, those without a practice too; none where the base year has fewer than ``FEW``. ``low, high`` are the
        exact interval of the ratio, and 100 for the base year itself.
    """
    counts = by_year.groupby("year")["practices"].sum()
    of_base = 0 if base is None else int(counts.get(base, 0))
    if of_base < FEW:
        return pd.DataFrame({name: [] for name in ("year", "numerator", "denominator", "value", "low", "high")})
    years = range(int(counts.index.min()), max(int(counts.index.max()), last) + 1)
    numerator = counts.reindex(years, fill_value=0)
    low, high = count_ratio_interval(numerator, of_base)
    itself = np.asarray(years) == base
    rows = pd.DataFrame({"year": list(years), "numerator": numerator.to_numpy(), "denominator": of_base})
    scale = SCALES["base"]
    return rows.assign(
        value=scale * rows["numerator"] / of_base,
        low=np.where(itself, scale, scale * low),
        high=np.where(itself, scale, scale * high),
    )
