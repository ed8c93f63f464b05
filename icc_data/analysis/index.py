"""The Intercultural Cities Index: editions that can be compared, areas by strength, classes, a city's own way.

Scores of different editions are never put together: the programme asks other questions and compares other cities.
Along a city's own editions only the policy areas scored in every one of them are set beside each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from icc_data.analysis.peer_sets import DIVERSITY_BOUNDS, LARGE
from icc_data.analysis.rank_correlation import rank_correlation
from icc_data.i18n import number, percent
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection

OVERALL = "overall"
SIZES: tuple[float, ...] = (LARGE,)
SHARES: tuple[float, ...] = DIVERSITY_BOUNDS
EXTREMES = 3
"""So many areas are named as the strongest, and as the weakest."""


def compared_cities(selection: Selection) -> Selection:
    """The cities that scores are compared of: those of the chosen countries and networks."""
    return Selection(country=selection.country, network=selection.network)


def listed_cities(selection: Selection, city: str | None) -> Selection:
    """The cities whose results and reports are listed: of the city that the page is about, its own.

    Args:
        selection: what is chosen in the filters.
        city: the city that the page is about; None where there is none.
    """
    return compared_cities(selection).with_values("city", (city,) if city else selection.city)


def comparable_editions(distribution: pd.DataFrame) -> list[int]:
    """The editions in which any average can be said, the newest first.

    Args:
        distribution: the answer of ``queries.index_distribution``.
    """
    return sorted({int(year) for year in distribution.dropna(subset=["median"])["year"]}, reverse=True)


def of_areas(distribution: pd.DataFrame, edition: int) -> pd.DataFrame:
    """The rows of one edition's policy areas over which quartiles can be said, the strongest median first.

    Equal medians stand by their average.
    """
    rows = distribution[(distribution["year"] == edition) & (distribution["policy_area"] != OVERALL)]
    return rows.dropna(subset=["median"]).sort_values(["median", "average"], ascending=False, ignore_index=True)


def extremes(areas: pd.DataFrame, count: int = EXTREMES) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The strongest and the weakest policy areas of an edition, each the most extreme first.

    Args:
        areas: the answer of ``of_areas``.
        count: how many of each; fewer where there are not twice as many, so that no area is both.
    """
    count = min(count, len(areas) // 2)
    return areas.head(count), areas.tail(count).iloc[::-1]


def standing(scores: pd.DataFrame, edition: int, city_id: str) -> pd.DataFrame:
    """A city's scores of an edition with its rank among all cities of that edition that have a score in the area.

    Args:
        scores: the answer of ``queries.index_scores``.
        edition: the year.
        city_id: the city.

    Returns:
        ``policy_area, own, place, n``: cities with equal scores share the better place.
    """
    same = scores[scores["year"].eq(edition).fillna(False) & scores["score"].notna()]
    by_area = same.groupby("policy_area")["score"]
    ranked = same.assign(
        own=same["score"],
        place=by_area.rank(method="min", ascending=False).astype(int),
        n=by_area.transform("count").astype(int),
    )
    return ranked[ranked["city_id"] == city_id][["policy_area", "own", "place", "n"]].reset_index(drop=True)


@dataclass(frozen=True)
class Path:
    """A city's way through the editions.

    Attributes:
        editions: those with a score in a policy area, the oldest first.
        areas: the policy areas scored in every one of them, sorted.
        scores: ``policy_area, year, score`` of these areas.
        averages: over these areas, by edition.
        left_out: policy areas scored in some editions only, sorted.
    """

    editions: tuple[int, ...]
    areas: tuple[str, ...]
    scores: pd.DataFrame
    averages: tuple[float, ...]
    left_out: tuple[str, ...]


def path(history: pd.DataFrame) -> Path | None:
    """A city's way through its editions, over the policy areas that it has a score for in all of them.

    Args:
        history: the answer of ``queries.index_history``.

    Returns:
        None where there are not two editions with an area in common.
    """
    dated = history.dropna(subset=["year", "score"])
    dated = dated[dated["policy_area"] != OVERALL].astype({"year": int})
    editions = tuple(sorted(int(year) for year in dated["year"].unique()))
    counted = dated.groupby("policy_area")["year"].nunique()
    areas = tuple(sorted(counted[counted == len(editions)].index))
    if len(editions) < 2 or not areas:
        return None
    scores = dated[dated["policy_area"].isin(areas)][["policy_area", "year", "score"]]
    averages = scores.groupby("year")["score"].mean()
    return Path(
        editions=editions,
        areas=areas,
        scores=scores.sort_values(["policy_area", "year"], ignore_index=True),
        averages=tuple(float(averages[year]) for year in editions),
        left_out=tuple(sorted(set(counted.index) - set(areas))),
    )


def piles(scores: pd.Series[float], width: float = 1.0) -> pd.DataFrame:
    """Where the dots of a dot plot stand: equal scores on top of each other.

    Source: L. Wilkinson 1999, “Dot plots”, The American Statistician 53, 276-281; with fixed bins.

    Args:
        scores: from 0 to 100.
        width: of a pile, in points.

    Returns:
        ``bin`` (the score at which the dot stands) and ``place`` (from 1, upwards), with the index of the scores.
    """
    bins = (scores / width).round() * width
    return pd.DataFrame({"bin": bins, "place": bins.groupby(bins).cumcount() + 1})


def publishing(pairs: pd.DataFrame, edition: int) -> pd.DataFrame:
    """Whether cities that score high in a policy area publish more in it, area by area.

    Args:
        pairs: the answer of ``queries.index_publishing``.
        edition: the year.

    Returns:
        ``policy_area, n, rho, low, high``, the highest correlation first; ``rho, low, high`` are missing where
        ``rank_correlation`` says nothing.
    """
    same = pairs[pairs["year"] == edition]
    rows_of_areas = []
    for area, rows in same.groupby("policy_area"):
        answer = rank_correlation(rows["score"].tolist(), rows["practices"].tolist())
        correlation = (None, None, None) if answer is None else (answer.rho, answer.low, answer.high)
        rows_of_areas.append((str(area), len(rows), *correlation))
    frame = pd.DataFrame(rows_of_areas, columns=["policy_area", "n", "rho", "low", "high"])
    numbers = frame.astype({"n": int, "rho": float, "low": float, "high": float})
    return numbers.sort_values(["rho", "policy_area"], ascending=[False, True], na_position="last", ignore_index=True)


def size_label(place: int, bounds: Sequence[float] = SIZES) -> str:
    """What a class of residents is called.

    Args:
        place: the number of bounds reached.
        bounds: residents from which on a city belongs to the next class.
    """
    return _between(place, [number(bound) for bound in bounds])


def share_label(place: int, of_nationals: bool, bounds: Sequence[float] = SHARES) -> str:
    """What a class of residents born abroad is called, or of foreign nationals where only they are known.

    Args:
        place: the number of bounds reached.
        of_nationals: whether it is a share of foreign nationals.
        bounds: percent from which on a city belongs to the next class.
    """
    words = _between(place, [percent(bound / 100) for bound in bounds])
    return (_("{share} foreign nationals") if of_nationals else _("{share} born abroad")).format(share=words)


def _between(place: int, bounds: Sequence[str]) -> str:
    if place == 0:
        return _("below {bound}").format(bound=bounds[0])
    if place == len(bounds):
        return _("{bound} and more").format(bound=bounds[-1])
    return _("{low} to {high}").format(low=bounds[place - 1], high=bounds[place])
