"""A city, country or network beside its peers: quartiles, percentile ranks, and what small numbers forbid.

Quartiles interpolate linearly (Hyndman and Fan 1996, type 7, as in NumPy). A percentile rank is the share of peers
below plus half the share of those equal (the mean rank of ``scipy.stats.percentileofscore``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from icc_data.cells import dicts_of, is_known
from icc_data.i18n import mark

FEWEST_PEERS = 5
"""With fewer peers than this no percentile, no quartile, no median and no rank is said; nor is a rank in a policy area
or measure of which fewer peers than this have any: all others are equal there, so that a single practice more or less
moves a place from the middle to the top."""
FEWEST_PRACTICES = 5
"""Where the place or its median peer has fewer practices than this, no share and no percentile is said but counts: one
practice more or less would move a share by more than 20 points, and with it the rank past most of the others."""

MEASURES: dict[str, str] = {
    "practices": mark("Practices"),
    "areas": mark("Policy areas covered"),
    "themes": mark("Themes covered"),
    "target_groups": mark("Target groups reached"),
    "newest": mark("Newest practice (start year)"),
    "active": mark("Active in the year of the data"),
    "shared": mark("Shared with other cities"),
}

GOOD_ENDS: dict[str, str] = {
    "policy_area": mark("no good end: a share that is higher here is lower elsewhere"),
    "index": mark("higher is better"),
    **dict.fromkeys(MEASURES, mark("more is better")),
    "newest": mark("later is better"),
}
"""Which end of a scale is good: by measure, and for all policy areas and Index scores."""


@dataclass(frozen=True)
class Spread:
    """Where the peers' values lie: the number of those known, quartiles and median, missing where nothing is known."""

    n: int
    q1: float
    median: float
    q3: float


def spread(values: Sequence[float | None]) -> Spread:
    """The quartiles of the values that are known."""
    numbers = _known(values)
    if not len(numbers):
        return Spread(0, np.nan, np.nan, np.nan)
    q1, median, q3 = (float(value) for value in np.percentile(numbers, [25, 50, 75]))
    return Spread(len(numbers), q1, median, q3)


def _spreads(values: Mapping[str, Sequence[float]]) -> list[Spread]:
    """The answers of ``spread`` for many, whose values are all known, at once."""
    table = np.array(list(values.values()), dtype=float)
    if not table.size:
        return [spread([]) for _values in values]
    return [Spread(table.shape[1], *quartiles) for quartiles in np.percentile(table, [25, 50, 75], axis=1).T.tolist()]


def percentile_rank(values: Sequence[float | None], own: float | None) -> float:
    """The share of the peers' known values (0-100) that lie below one's own, those equal counting half.

    Returns:
        Missing where the own value or all others are not known.
    """
    numbers = _known(values)
    if len(numbers) and is_known(own):
        return float(((numbers < own).sum() + (numbers == own).sum() / 2) / len(numbers) * 100)
    return float("nan")


def _known(values: Sequence[float | None]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([float(value) for value in values if is_known(value)])


def small(peers: int, practices: int, median_practices: float) -> bool:
    """Whether so few peers or practices allow counts only.

    Args:
        peers: how many peers have a practice.
        practices: how many practices the place has.
        median_practices: how many the median of those peers has; missing without any.
    """
    return peers < FEWEST_PEERS or practices < FEWEST_PRACTICES or median_practices < FEWEST_PRACTICES


def median_practices(measures: pd.DataFrame, peers: Sequence[str]) -> float:
    """How many practices the median has of the peers with at least one; missing where none has.

    Args:
        measures: the answer of ``queries.unit_measures``.
        peers: the units meant.
    """
    chosen = set(peers)
    counts = zip(measures["unit"].tolist(), measures["practices"].tolist(), strict=True)
    totals = [count for unit, count in counts if unit in chosen and count > 0]
    return float(np.median(totals)) if totals else float("nan")


def how_many_active(measures: pd.DataFrame, units: Sequence[str]) -> int:
    """How many of some places have a practice.

    Args:
        measures: the answer of ``queries.unit_measures``.
        units: the places meant.
    """
    chosen = set(units)
    counts = zip(measures["unit"].tolist(), measures["practices"].tolist(), strict=True)
    return sum(unit in chosen and count > 0 for unit, count in counts)


def measures_of(measures: pd.DataFrame, unit: str) -> dict[str, Any]:
    """The row of one place.

    Args:
        measures: the answer of ``queries.unit_measures``.
        unit: the place.

    Raises:
        KeyError: it is not among them.
    """
    row = next((row for row in dicts_of(measures) if row["unit"] == unit), None)
    if row is None:
        raise KeyError(unit)
    return row


def most_active(measures: pd.DataFrame, most: int) -> pd.DataFrame:
    """The rows of the places with most practices, in that order; those without any are left out.

    Args:
        measures: the answer of ``queries.unit_measures``.
        most: how many at most.
    """
    active = measures[measures["practices"] > 0]
    return active.sort_values(["practices", "unit"], ascending=[False, True]).head(most)


def counts_of(areas: pd.DataFrame) -> dict[str, dict[str, int]]:
    """How many practices each place has in each policy area in which it has any.

    Args:
        areas: the answer of ``queries.unit_areas``.
    """
    counts: dict[str, dict[str, int]] = {}
    for unit, code, practices in zip(*(areas[name].tolist() for name in ("unit", "code", "practices")), strict=True):
        counts.setdefault(unit, {})[code] = int(practices)
    return counts


def portfolio(
    areas: pd.DataFrame, measures: pd.DataFrame, unit: str, peers: Sequence[str], codes: Sequence[str]
) -> pd.DataFrame:
    """Practices and their share by policy area, against the peers.

    Args:
        areas: the answer of ``queries.unit_areas``.
        measures: the answer of ``queries.unit_measures``.
        unit: whose portfolio.
        peers: the units to compare with.
        codes: the policy areas, in the order of the rows.

    Returns:
        One row an area: ``code, practices, share`` (of the unit's practices), of the peers' counts ``count_q1,
        count_median, count_q3`` and of their shares ``q1, median, q3``, ``percentile`` (of the share; missing where
        fewer than ``FEWEST_PEERS`` peers have a practice in the area), ``n`` (peers with at least one practice, whose
        shares are known), ``peers_with`` (peers with a practice in the area) and ``peers`` (all). Shares and what
        follows from them are missing where ``small`` forbids them, the quartiles of the counts where there are fewer
        than ``FEWEST_PEERS`` peers. Counts are of all peers, those without any practice among them.

    Raises:
        KeyError: the unit or a peer is not among the measures.
    """
    totals: dict[str, int] = dict(zip(measures["unit"].tolist(), measures["practices"].tolist(), strict=True))
    own_total, counts = totals[unit], counts_of(areas)
    others = [peer for peer in peers if peer != unit]
    busy = [peer for peer in others if totals[peer] > 0]
    few = small(len(busy), own_total, median_practices(measures, others))
    few_peers = len(others) < FEWEST_PEERS
    counts_of_own = {code: counts.get(unit, {}).get(code, 0) for code in codes}
    their_counts = {code: [counts.get(peer, {}).get(code, 0) for peer in others] for code in codes}
    their_shares = {code: [counts.get(peer, {}).get(code, 0) / totals[peer] for peer in busy] for code in codes}
    spreads = zip(_spreads(their_counts), _spreads(their_shares), strict=True)
    rows = []
    for code, (of_counts, of_shares) in zip(codes, spreads, strict=True):
        peers_with = sum(count > 0 for count in their_counts[code])
        ranked = not few and peers_with >= FEWEST_PEERS
        own = counts_of_own[code] / own_total if own_total else np.nan
        rows.append(
            {
                "code": code,
                "practices": counts_of_own[code],
                "share": own if own_total >= FEWEST_PRACTICES else np.nan,
                "count_q1": np.nan if few_peers else of_counts.q1,
                "count_median": np.nan if few_peers else of_counts.median,
                "count_q3": np.nan if few_peers else of_counts.q3,
                "q1": np.nan if few else of_shares.q1,
                "median": np.nan if few else of_shares.median,
                "q3": np.nan if few else of_shares.q3,
                "percentile": percentile_rank(their_shares[code], own) if ranked else np.nan,
                "n": of_shares.n,
                "peers_with": peers_with,
                "peers": len(others),
            }
        )
    return pd.DataFrame(rows)


def breadth(measures: pd.DataFrame, unit: str, peers: Sequence[str]) -> pd.DataFrame:
    """Breadth, recency and collaboration against the peers.

    Args:
        measures: the answer of ``queries.unit_measures``.
        unit, peers: as in ``portfolio``.

    Returns:
        One row a measure of ``MEASURES``: ``measure, own, q1, median, q3, percentile, n`` (peers whose value is known),
        ``peers_with`` (peers that have any) and ``peers`` (all). Quartiles and percentile are missing where there are
        fewer than ``FEWEST_PEERS`` peers with a known value, ``percentile`` also where fewer than that have any, and
        where the practices are too few by ``small``.

    Raises:
        KeyError: the unit or a peer is not among the measures.
    """
    by_unit = {row["unit"]: row for row in dicts_of(measures)}
    mine, others = by_unit[unit], [by_unit[peer] for peer in peers if peer != unit]
    middle = median_practices(measures, [other["unit"] for other in others])
    rows = []
    for measure in MEASURES:
        values = [other[measure] for other in others]
        quartiles = spread(values)
        own = float(mine[measure]) if is_known(mine[measure]) else np.nan
        few = quartiles.n < FEWEST_PEERS
        peers_with = sum(value > 0 for value in values if is_known(value))
        unranked = small(peers_with, int(mine["practices"]), middle)
        rows.append(
            {
                "measure": measure,
                "own": own,
                "q1": np.nan if few else quartiles.q1,
                "median": np.nan if few else quartiles.median,
                "q3": np.nan if few else quartiles.q3,
                "percentile": np.nan if unranked else percentile_rank(values, own),
                "n": quartiles.n,
                "peers_with": peers_with,
                "peers": len(others),
            }
        )
    return pd.DataFrame(rows)


def placed(frame: pd.DataFrame) -> pd.DataFrame:
    """Where the values of ``breadth`` lie, each measure on a scale of its own.

    Args:
        frame: the answer of ``breadth``.

    Returns:
        The same rows, with ``own, q1, median, q3`` between 0 and 1: from nothing (of years from the one before the
        earliest) to the largest of the four; missing without quartiles, as there is nothing to lie beside.
    """
    columns = ["own", "q1", "median", "q3"]
    values = np.array([frame[name].to_numpy(dtype=float) for name in columns])
    # Both pass over what is missing.
    least, most = np.fmin.reduce(values), np.fmax.reduce(values)
    low = np.where(frame["measure"].to_numpy() == "newest", least - 1, 0.0)
    width = np.where(most == low, 1.0, most - low)
    beside = np.where(np.isnan(values[2]), np.nan, (values - low) / width)
    return frame.assign(**dict(zip(columns, beside, strict=True)))


def index_comparison(results: pd.DataFrame, city_id: str, peers: Sequence[str]) -> pd.DataFrame:
    """A city's Index scores beside those of peers in the same edition; editions are never mixed.

    Args:
        results: the answer of ``queries.index_results``, own results of a city among them where it has any.
        city_id: the city.
        peers: the cities to compare with.

    Returns:
        One row for each of its editions and policy areas: ``year, policy_area, score, n`` (peers with a score in the
        same edition and area), ``peer_scores`` (theirs, the highest first), ``median`` (of them), ``rank`` (1 is the
        highest; equals share the best rank) and ``of`` (the number ranked, itself among them); the last three are
        missing where ``n`` is below ``FEWEST_PEERS``. A score whose edition is not known is compared with nobody.
    """
    others = set(peers) - {city_id}
    own: list[tuple[Any, str, float]] = []
    theirs: dict[tuple[Any, str], list[float]] = {}
    columns_read = (results[name].tolist() for name in ("city_id", "year", "policy_area", "score"))
    for city, year, area, score in zip(*columns_read, strict=True):
        if city == city_id:
            own.append((year, area, score))
        elif city in others:
            theirs.setdefault((year, area), []).append(float(score))
    rows = []
    for year, area, score in own:
        scores = sorted(theirs.get((year, area), []), reverse=True) if is_known(year) else []
        few = len(scores) < FEWEST_PEERS
        rows.append(
            {
                "year": year,
                "policy_area": area,
                "score": float(score),
                "n": len(scores),
                "peer_scores": tuple(scores),
                "median": np.nan if few else float(np.median(scores)),
                "rank": np.nan if few else 1 + sum(value > score for value in scores),
                "of": np.nan if few else len(scores) + 1,
            }
        )
    columns = ["year", "policy_area", "score", "n", "peer_scores", "median", "rank", "of"]
    return pd.DataFrame(rows, columns=columns).sort_values(["year", "policy_area"], ascending=[False, True])
