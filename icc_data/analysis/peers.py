"""Which cities are alike, and why: Gower's distance over mixed and missing data.

Source: J. C. Gower 1971, “A general coefficient of similarity and some of its properties”, Biometrics 27, 857-871.
Each feature gives a distance between 0 and 1; the distance of two cities is their weighted mean over all features. A
feature that is missing in either city counts with its average distance over all pairs of cities of which it is known:
what is not known makes two cities look neither nearer nor farther than any two. (Gower leaves the feature out, which
lets two cities of which little is known be nearer than two of which all is; where nothing is missing, the two are the
same.) Nobody is refused as too little known: ``warning`` says where a comparison rests on little, or is far.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from icc_data.analysis import mean_distances
from icc_data.analysis.peer_reasons import Row, reason, reasons
from icc_data.cells import dicts_of, is_list, list_of, python_value
from icc_data.i18n import enumeration, mark
from icc_data.i18n import translate as _
from icc_data.model.regions import region_of

__all__ = [
    "DEFAULT_WEIGHTS",
    "FAR",
    "FEATURES",
    "LITTLE",
    "Feature",
    "average_distances",
    "distances",
    "features",
    "marked",
    "nearest",
    "parts",
    "reason",
    "reasons",
    "too_little",
    "warning",
]

Distances = npt.NDArray[np.float64]

FAR, LITTLE = 0.5, 0.5
"""Beyond this distance a peer is said to be more different than alike; with less than this share of the weight known of
both, the comparison is said to rest on little."""


def _numbers(values: Sequence[Any], chosen: int, spread: float) -> Distances:
    numbers = np.array([np.nan if value is None else float(value) for value in values])
    return (
        np.abs(numbers - numbers[chosen]) / spread
        if spread
        else np.where(np.isnan(numbers + numbers[chosen]), np.nan, 0.0)
    )


def _categories(values: Sequence[Any], chosen: int, spread: float) -> Distances:
    own = values[chosen]
    return np.array([np.nan if value is None or own is None else float(value != own) for value in values])


def _sets(values: Sequence[Any], chosen: int, spread: float) -> Distances:
    """Jaccard distance; two empty sets are alike: that both cities are in no national network is known, not missing."""
    own = values[chosen]
    return np.array(
        [
            np.nan if own is None or other is None else 1 - len(own & other) / len(own | other) if own | other else 0.0
            for other in values
        ]
    )


def _profiles(values: Sequence[Any], chosen: int, spread: float) -> Distances:
    """Half the sum of the differences of shares: the share of one that would have to move to give the other."""
    own = values[chosen] or {}
    dissimilarities = []
    for other in values:
        if not own or not other:
            dissimilarities.append(np.nan)
            continue
        ours, theirs = sum(own.values()), sum(other.values())
        # In whole numbers, so that neither rounding nor the order of the codes decides who is nearer.
        moved = sum(abs(own.get(code, 0) * theirs - other.get(code, 0) * ours) for code in own.keys() | other.keys())
        dissimilarities.append(moved / (2 * ours * theirs))
    return np.array(dissimilarities)


@dataclass(frozen=True)
class Feature:
    """One thing in which cities are compared.

    Attributes:
        name: its column in ``features``.
        label: what it is called, for the catalogue.
        measure: gives the distances of all cities from one: (values, place of the one, spread).
        mean: gives the mean distance of all pairs of cities: (values, spread).
        is_number: whether its distance is the difference over the spread of all cities.
    """

    name: str
    label: str
    measure: Callable[[Sequence[Any], int, float], Distances]
    mean: Callable[[Sequence[Any], float], float]
    is_number: bool = False


FEATURES: dict[str, Feature] = {
    feature.name: feature
    for feature in (
        Feature("population", mark("Residents"), _numbers, mean_distances.of_numbers, is_number=True),
        Feature("foreign", mark("Share born abroad"), _numbers, mean_distances.of_numbers, is_number=True),
        Feature("country", mark("Country"), _categories, mean_distances.of_categories),
        Feature("region", mark("Part of the world"), _categories, mean_distances.of_categories),
        Feature("network", mark("National or regional network"), _sets, mean_distances.of_sets),
        Feature("joined", mark("Years in the programme"), _numbers, mean_distances.of_numbers, is_number=True),
        Feature("index", mark("Index, overall"), _numbers, mean_distances.of_numbers, is_number=True),
        Feature("profile", mark("Policy areas of its practices"), _profiles, mean_distances.of_profiles),
    )
}
# What the figures are of, and who has left the programme; no features.
_MARKS = ("of_settlement", "of_nationals", "index_year", "former")
DISTANCE_RULE = mark("By what is known of both, of eight facts from residents to policy areas; 100% is alike in all")
DEFAULT_WEIGHTS: dict[str, float] = dict.fromkeys(FEATURES, 1.0)


def features(cities: pd.DataFrame) -> pd.DataFrame:
    """What cities are compared in.

    Args:
        cities: the answer of ``queries.city_features``, one row a city.

    Returns:
        One row a city, in the same order, with ``city_id`` and a column for each feature, None where it is not known:
        ``population`` (decadic logarithm of residents), ``foreign`` (percent), ``country``, ``region``, ``network``
        (set of codes, empty where only the international network lists the city), ``joined`` (year), ``index`` (0-100),
        ``profile`` (practices by policy area). Beside them what ``reasons`` says of the figures: ``of_settlement``
        (residents of the settlement alone), ``of_nationals`` (foreign nationals instead of those born abroad) and
        ``index_year`` (the edition of the score); and ``former``: whether the city has left the programme.
    """
    rows = []
    for city in dicts_of(cities):
        population = python_value(city["population"])
        areas, counts = list_of(city["areas"]), list_of(city["area_practices"])
        rows.append(
            {
                "city_id": city["city_id"],
                "population": None if population is None else float(np.log10(population)),
                "foreign": python_value(city["foreign_pct"]),
                "country": city["country_code"],
                "region": region_of(city["country_code"]),
                "network": frozenset(city["networks"]) if is_list(city["networks"]) else None,
                "joined": python_value(city["joined_year"]),
                "index": python_value(city["index_score"]),
                "profile": {code: int(count) for code, count in zip(areas, counts, strict=True)},
                "of_settlement": bool(city["of_settlement"]),
                "of_nationals": bool(city["of_nationals"]),
                "index_year": python_value(city["index_year"]),
                "former": city["status"] == "former",
            }
        )
    return pd.DataFrame(rows, columns=["city_id", *FEATURES, *_MARKS], dtype=object)


def average_distances(table: pd.DataFrame) -> dict[str, float]:
    """The average distance in each feature over all pairs of cities of which it is known; see ``mean_distances``.

    Args:
        table: the answer of ``features``.

    Returns:
        Between 0 and 1 by feature; missing where it is known of fewer than two cities.
    """
    columns = {name: list(table[name]) for name in FEATURES}
    return {
        name: float(np.minimum(feature.mean(columns[name], _spread(feature, columns[name])), 1))
        for name, feature in FEATURES.items()
    }


def _spread(feature: Feature, values: Sequence[Any]) -> float:
    numbers = [float(value) for value in values if value is not None] if feature.is_number else []
    return max(numbers) - min(numbers) if numbers else 0.0


def parts(table: pd.DataFrame, city_id: str) -> pd.DataFrame:
    """The distance of every city from one in each feature.

    Args:
        table: the answer of ``features``.
        city_id: the one.

    Returns:
        One row a city, indexed by ``city_id``, one column a feature: between 0 (the same) and 1 (as different as two
        cities are), missing where either city lacks the feature. The city itself is at 0 in all of them.

    Raises:
        KeyError: there is no such city.
    """
    ids = list(table["city_id"])
    if city_id not in ids:
        raise KeyError(city_id)
    chosen = ids.index(city_id)
    columns = {}
    for name, feature in FEATURES.items():
        values = list(table[name])
        columns[name] = feature.measure(values, chosen, _spread(feature, values))
        columns[name][chosen] = 0.0
    return pd.DataFrame(columns, index=pd.Index(ids, name="city_id"))


def distances(
    dissimilarities: pd.DataFrame, averages: Mapping[str, float], weights: Mapping[str, float] = DEFAULT_WEIGHTS
) -> pd.DataFrame:
    """Gower's distance from its parts: Σ wᵢ dᵢ / Σ wᵢ, where dᵢ is the average of the feature if it is not known.

    Args:
        dissimilarities: the answer of ``parts``.
        averages: the answer of ``average_distances`` for the same table.
        weights: how much each feature counts, 0 or more; a feature not named counts 1.

    Returns:
        ``distance`` (between 0 and 1, missing where no feature with a weight is known of both) and ``compared``: the
        number of features with a weight that both cities have.

    Raises:
        ValueError: a weight is negative or no number.
    """
    weight = np.array([float(weights.get(name, 1.0)) for name in dissimilarities.columns])
    if not (np.isfinite(weight).all() and (weight >= 0).all()):
        raise ValueError("weights are numbers of 0 or more")
    usual = np.array([averages[name] for name in dissimilarities.columns])
    part = dissimilarities.to_numpy(dtype=float)
    compared = (~np.isnan(part) & (weight > 0)).sum(axis=1)
    # What is known of no two cities cannot tell any two apart.
    weight = np.where(np.isnan(usual), 0.0, weight)
    sums = (np.where(np.isnan(part), np.nan_to_num(usual), part) * weight).sum(axis=1)
    total = np.full(len(dissimilarities), weight.sum())
    distance = np.divide(sums, total, out=np.full(len(dissimilarities), np.nan), where=(compared > 0) & (total > 0))
    # Added up in another order, the same weights can differ in their last digit.
    distance = np.minimum(distance, 1.0)
    return pd.DataFrame({"distance": distance, "compared": compared}, index=dissimilarities.index)


def nearest(peer_distances: pd.DataFrame, city_id: str, k: int) -> pd.DataFrame:
    """The cities most like one.

    Args:
        peer_distances: the answer of ``distances`` from the city.
        city_id: the city, which is not its own peer.
        k: how many at most.

    Returns:
        ``distance, compared``, the nearest first; of equally near ones those compared in more features. A city is left
        out only if nothing that counts is known of both.
    """
    names, columns = list(peer_distances.index), (peer_distances["distance"], peer_distances["compared"])
    # Sorted as they stand: tables of tables take several times longer, and this is asked of every city.
    order = sorted(
        (distance, -compared, name, place)
        for place, (name, distance, compared) in enumerate(zip(names, *columns, strict=True))
        if name != city_id and not np.isnan(distance)
    )
    return peer_distances.iloc[[place for *_rest, place in order[:k]]]


def warning(own: Row, other: Row, distance: float, weights: Mapping[str, float] = DEFAULT_WEIGHTS) -> str:
    """What to bear in mind of a peer, in plain words: that it is far, or that little is known of both.

    Args:
        own, other: rows of ``features``.
        distance: their distance; missing where nothing can be compared.
        weights: how much each feature counts.

    Returns:
        A sentence or two; empty where the distance is at most ``FAR`` and at least the share ``LITTLE`` of the weight
        is of features known of both.
    """
    weight = {name: weights.get(name, 1.0) for name in FEATURES if weights.get(name, 1.0) > 0}
    both = [name for name in weight if all(row[name] is not None and row[name] != {} for row in (own, other))]
    if not both:
        return _("Nothing that counts is known of both.")
    sentences = [_("More different than alike.")] if distance > FAR else []
    if sum(weight[name] for name in both) < LITTLE * sum(weight.values()):
        listed = enumeration(_(FEATURES[name].label) for name in both)
        sentences.append(_("Less than half of what counts is known of both: {features}.").format(features=listed))
    return " ".join(sentences)


def marked(name: str, *, former: bool) -> str:
    """The name of a city, with a mark where it has left the programme."""
    return _("{city} (former member)").format(city=name) if former else name


def too_little(weights: Mapping[str, float] = DEFAULT_WEIGHTS) -> str:
    """That a city cannot be compared with any other: nothing is known of it that the weights let count.

    Args:
        weights: how much each feature counts.
    """
    return _("Nothing is known of this city, or of any other, in what counts: {features}.").format(
        features=enumeration(_(feature.label) for name, feature in FEATURES.items() if weights.get(name, 1.0) > 0)
    )
