"""How long practices last: Kaplan and Meier's estimate in whole years, with ends that are not known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from icc_data.analysis.uncertainty import CONFIDENCE, FEW, Numbers
from icc_data.cells import words_of
from icc_data.i18n import percent

FEWEST_ENDS = 10
"""Of fewer known ends than this no curve is drawn: every single one would be a tenth of the fall."""
MOST_CURVES = 6
SPLITS = ("none", "commitment", "policy_area", "country")
"""What curves are told apart by: of smaller groups hardly an end is known."""
SPOKEN_YEARS = 5
"""So many years after the start year is what a sentence tells of."""


def estimate(
    at_risk: npt.ArrayLike, ended: npt.ArrayLike, confidence: float = CONFIDENCE
) -> tuple[Numbers, Numbers, Numbers]:
    """The share still running after each step, with its interval.

    Sources: E. L. Kaplan and P. Meier 1958, “Nonparametric estimation from incomplete observations”, Journal of the
    American Statistical Association 53, 457-481; M. Greenwood 1926 for the variance; the interval is that of log(-log)
    of the share, in J. D. Kalbfleisch and R. L. Prentice 1980, “The statistical analysis of failure time data”.

    Args:
        at_risk: how many are known to have run until each step, and of which it is known whether they ran after it.
        ended: how many of them did not.
        confidence: how often such an interval holds the share, between 0 and 1.

    Returns:
        The share and the ends of its interval, a step each; both ends are missing before the first end, and where none
        runs any more.
    """
    n, d = np.asarray(at_risk, dtype=float), np.asarray(ended, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.cumprod(np.where(n > 0, 1 - d / n, 1.0), dtype=np.float64)
        greenwood = np.cumsum(np.where(n > d, d / (n * (n - d)), 0.0))
        middle = np.log(share)
        half = NormalDist().inv_cdf((1 + confidence) / 2) * np.sqrt(greenwood) / middle
        inside = (share > 0) & (share < 1)
        low, high = share ** np.exp(-half), share ** np.exp(half)
    return share, np.where(inside, low, np.nan), np.where(inside, high, np.nan)


def with_shares(table: pd.DataFrame) -> pd.DataFrame:
    """A life table with the share of each group that is still running.

    Args:
        table: an answer of ``queries.survival``, the rows of each group one below the other.

    Returns:
        The same columns with ``share, low, high``.
    """
    codes = table["code"].to_numpy()
    ends = [*np.flatnonzero(codes[1:] != codes[:-1]) + 1, len(codes)] if len(codes) else []
    at_risk, ended = table["at_risk"].to_numpy(), table["ended"].to_numpy()
    parts = [estimate(at_risk[first:end], ended[first:end]) for first, end in zip([0, *ends], ends, strict=False)]
    columns = np.concatenate(parts, axis=1) if parts else np.zeros((3, 0))
    return table.reset_index(drop=True).assign(**dict(zip(("share", "low", "high"), columns, strict=True)))


def share_after(table: pd.DataFrame, years: int) -> float | None:
    """The share that is still running so many years on; None where the curve ends before, as ``curves`` has it.

    Args:
        table: an answer of ``queries.survival``, not split.
        years: after the start year, 1 and more.
    """
    if len(table) <= years or table["at_risk"].iloc[years] < FEW:
        return None
    share, _low, _high = estimate(table["at_risk"].to_numpy(), table["ended"].to_numpy())
    return float(share[years])


def groups(table: pd.DataFrame) -> pd.DataFrame:
    """The groups of a life table, most known ends first.

    Args:
        table: an answer of ``queries.survival``.

    Returns:
        ``code, dated, known_ends, silent``; practices without a value are no group.
    """
    first = table[table["code"] != "unknown"].drop_duplicates("code")[["code", "dated", "known_ends", "silent"]]
    return first.sort_values(["known_ends", "dated"], ascending=False, kind="stable", ignore_index=True)


def totals(table: pd.DataFrame) -> dict[str, int]:
    """How many practices are dated, how many ends are known, and of how many nothing is known after the start.

    Args:
        table: an answer of ``queries.survival``, not split.
    """
    first = table.iloc[0]
    return {name: int(first[name]) for name in ("dated", "known_ends", "silent")}


def drawn_codes(table: pd.DataFrame) -> list[str]:
    """The groups of which enough ends are known, most first, as many as can be told apart.

    Args:
        table: an answer of ``queries.survival``.
    """
    of = groups(table)
    return [str(code) for code in of[of["known_ends"] >= FEWEST_ENDS]["code"]][:MOST_CURVES]


def curves(table: pd.DataFrame, codes: Sequence[str], label: Callable[[str], str]) -> pd.DataFrame:
    """The rows to draw, as far as there are enough practices at risk.

    Args:
        table: an answer of ``queries.survival``.
        codes: the groups, in their order.
        label: what a group is called.

    Returns:
        The columns of ``with_shares`` with ``label``, ``place`` (of the group, from 0), ``watched`` (those at risk, in
        year 0 those of which anything is known) and, in words, ``share_words`` and ``range_words``. A group ends before
        the year in which fewer than ``FEW`` are at risk.
    """
    rows = with_shares(table[table["code"].isin(codes)])
    rows = rows.assign(
        place=[codes.index(code) for code in rows["code"]],
        label=[label(code) for code in rows["code"]],
        watched=np.where(rows["years"] == 0, rows["dated"] - rows["silent"], rows["at_risk"]),
    )
    rows = rows[rows["watched"] >= FEW].sort_values(["place", "years"], kind="stable", ignore_index=True)
    return rows.assign(
        share_words=words_of(rows, lambda row: percent(row.share), "share"),
        range_words=words_of(rows, between, "low", "high"),
    )


def between(row: Any) -> str:
    """The ends of the interval of a share in words; empty where there is none.

    Args:
        row: ``low, high``.
    """
    return "" if pd.isna(row.low) else f"{percent(row.low)} – {percent(row.high)}"
