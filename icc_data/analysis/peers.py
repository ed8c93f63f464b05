"""Which cities are alike, and why: Gower's distance over mixed and missing data.

Source: J. C. Gower 1971, “A general coefficient of similarity and some of its properties”, Biometrics 27, 857-871.
Each feature gives a distance between 0 and 1; the distance of two cities is their weighted mean over the features
that both have. A feature that one of them lacks does not count, for or against.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from icc_data.analysis.peer_reasons import Row, reason, reasons
from icc_data.cells import dicts_of, is_list, list_of, python_value
from icc_data.i18n import enumeration, mark, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.model.regions import region_of

__all__ = [
    "DEFAULT_WEIGHTS",
    "FEATURES",
    "FEWEST_FACTS",
    "FEWEST_FEATURES",
    "PLACE",
    "Feature",
    "distances",
    "enough",
    "evidence",
    "features",
    "nearest",
    "parts",
    "reason",
    "reasons",
    "too_little",
]

Distances = npt.NDArray[np.float64]

FEWEST_FEATURES, FEWEST_FACTS = 4, 2
"""Two cities are called peers where they can be compared in so many features, and in so many of them that are facts
about the cities themselves: country, part of the world and network (``PLACE``) say much the same. A city of which one
fact alone is known is compared in that one, which ``evidence`` says. As the data of 2025 speak for it, of 214 cities
18 have no peers by this; if two facts were asked of those cities as well, it would be 51."""
PLACE = frozenset({"country", "region", "network"})


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
    """Jaccard distance; two empty sets have nothing to compare (Gower's case of two absences)."""
    own = values[chosen]
    return np.array(
        [
            np.nan if own is None or other is None or not own | other else 1 - len(own & other) / len(own | other)
            for other in values
        ]
    )


def _profiles(values: Sequence[Any], chosen: int, spread: float) -> Distances:
    """Half the sum of the differences of shares: the share of one that would have to move to give the other."""
    own = values[chosen] or {}
    found = []
    for other in values:
        if not own or not other:
            found.append(np.nan)
            continue
        ours, theirs = sum(own.values()), sum(other.values())
        # In whole numbers, so that neither rounding nor the order of the codes decides who is nearer.
        moved = sum(abs(own.get(code, 0) * theirs - other.get(code, 0) * ours) for code in own.keys() | other.keys())
        found.append(moved / (2 * ours * theirs))
    return np.array(found)


@dataclass(frozen=True)
class Feature:
    """One thing in which cities are compared.

    Attributes:
        name: its column in ``features``.
        label: what it is called, for the catalogue.
        measure: gives the distances of all cities from one: (values, place of the one, spread).
        is_number: whether its distance is the difference over the spread of all cities.
    """

    name: str
    label: str
    measure: Callable[[Sequence[Any], int, float], Distances]
    is_number: bool = False


FEATURES: dict[str, Feature] = {
    feature.name: feature
    for feature in (
        Feature("population", mark("Residents"), _numbers, is_number=True),
        Feature("foreign", mark("Share born abroad"), _numbers, is_number=True),
        Feature("country", mark("Country"), _categories),
        Feature("region", mark("Part of the world"), _categories),
        Feature("network", mark("National or regional network"), _sets),
        Feature("joined", mark("Years in the programme"), _numbers, is_number=True),
        Feature("index", mark("Index, overall"), _numbers, is_number=True),
        Feature("profile", mark("Policy areas of its practices"), _profiles),
    )
}
# What the figures are of; no feature by itself.
_MARKS = ("of_settlement", "of_nationals", "index_year")
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
        ``index_year`` (the edition of the score).
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
            }
        )
    return pd.DataFrame(rows, columns=["city_id", *FEATURES, *_MARKS], dtype=object)


def parts(table: pd.DataFrame, city_id: str) -> pd.DataFrame:
    """The distance of every city from one in each feature.

    Args:
        table: the answer of ``features``.
        city_id: the one.

    Returns:
        One row a city, indexed by ``city_id``, one column a feature: between 0 (the same) and 1 (as different as two
        cities are), missing where either city lacks the feature.

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
        known = [float(value) for value in values if value is not None] if feature.is_number else []
        spread = max(known) - min(known) if known else 0.0
        columns[name] = feature.measure(values, chosen, spread)
    return pd.DataFrame(columns, index=pd.Index(ids, name="city_id"))


def distances(found: pd.DataFrame, weights: Mapping[str, float] = DEFAULT_WEIGHTS) -> pd.DataFrame:
    """Gower's distance from its parts.

    Args:
        found: the answer of ``parts``.
        weights: how much each feature counts, 0 or more; a feature not named counts 1.

    Returns:
        ``distance`` (between 0 and 1, missing where nothing can be compared) and ``compared``: the number of features
        with a weight that both cities have.

    Raises:
        ValueError: a weight is negative or no number.
    """
    weight = np.array([float(weights.get(name, 1.0)) for name in found.columns])
    if not (np.isfinite(weight).all() and (weight >= 0).all()):
        raise ValueError("weights are numbers of 0 or more")
    known = found.notna().to_numpy()
    total = (known * weight).sum(axis=1)
    sums = (np.nan_to_num(found.to_numpy(dtype=float)) * weight).sum(axis=1)
    distance = np.divide(sums, total, out=np.full(len(found), np.nan), where=total > 0)
    compared = (known & (weight > 0)).sum(axis=1)
    return pd.DataFrame({"distance": distance, "compared": compared}, index=found.index)


def enough(found: pd.DataFrame, city_id: str, weights: Mapping[str, float] = DEFAULT_WEIGHTS) -> pd.Series[bool]:
    """Which cities can be compared with one in enough features to be called its peers.

    Args:
        found: the answer of ``parts`` for the city.
        city_id: the city.
        weights: how much each feature counts; one without a weight is no evidence.

    Returns:
        True or False by ``city_id``: whether both ``FEWEST_FEATURES`` and ``FEWEST_FACTS`` are reached, or as many as
        the weights leave; of facts no more are asked than are known of the city itself.
    """
    known = found[_weighted(weights)].notna()
    facts = known.drop(columns=list(PLACE & set(known.columns)))
    fewest_facts = min(FEWEST_FACTS, int(facts.loc[[city_id]].to_numpy().sum()))
    fewest = min(FEWEST_FEATURES, len(known.columns))
    return (known.sum(axis=1) >= fewest) & (facts.sum(axis=1) >= fewest_facts)


def _weighted(weights: Mapping[str, float]) -> list[str]:
    return [name for name in FEATURES if weights.get(name, 1.0) > 0]


def nearest(found: pd.DataFrame, city_id: str, k: int, weights: Mapping[str, float] = DEFAULT_WEIGHTS) -> pd.DataFrame:
    """The cities most like one.

    Args:
        found: the answer of ``parts`` for the city.
        city_id: the city, which is not its own peer.
        k: how many at most.
        weights: how much each feature counts.

    Returns:
        ``distance, compared``, the nearest first; of equally near ones those compared in more features. Cities that
        cannot be compared in ``enough`` are left out.
    """
    frame = distances(found, weights)[enough(found, city_id, weights)].drop(index=city_id, errors="ignore").dropna()
    order = frame.assign(more=-frame["compared"], name=frame.index).sort_values(["distance", "more", "name"])
    return order[["distance", "compared"]].head(k)


def evidence(own: Row, other: Row, weights: Mapping[str, float] = DEFAULT_WEIGHTS) -> str:
    """On how few facts about two cities a comparison rests, in words; empty where there are enough.

    Args:
        own, other: rows of ``features``.
        weights: how much each feature counts.
    """
    compared = reasons(own, other, lambda _facet, code: code)
    facts = [name for name in _weighted(weights) if name in compared and name not in PLACE]
    if len(facts) > FEWEST_FACTS:
        return ""
    if not facts:
        return _("Beside the place nothing is known of both.")
    return translate_plural(
        "Beside the place it rests on {count} feature alone: {facts}.",
        "Beside the place it rests on {count} features alone: {facts}.",
        len(facts),
    ).format(count=number(len(facts)), facts=enumeration(_(FEATURES[name].label) for name in facts))


def too_little(weights: Mapping[str, float] = DEFAULT_WEIGHTS) -> str:
    """That a city cannot be compared with any other, and why: what is known of it, or the weights.

    Args:
        weights: how much each feature counts.
    """
    left = _weighted(weights)
    if len(left) < len(FEATURES):
        return _("With these weights only {features} count, in which too little is known to compare this city.").format(
            features=enumeration(_(FEATURES[name].label) for name in left)
        )
    return _(
        "Too little is known of this city: with no other it can be compared in {count} features, {facts} of them "
        "beside country, part of the world and network."
    ).format(count=number(FEWEST_FEATURES), facts=number(FEWEST_FACTS))
