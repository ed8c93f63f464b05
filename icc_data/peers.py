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

from icc_data.frames import records
from icc_data.i18n import enumeration, mark, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.regions import region_of

Distances = npt.NDArray[np.float64]

FEWEST_FEATURES = 4
"""Two cities that can be compared in fewer features than this are not called peers: country and the part of the world
are always known, so that fewer would rest on one fact about the cities themselves."""


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


def _known(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    return value


def features(cities: pd.DataFrame) -> pd.DataFrame:
    """What cities are compared in.

    Args:
        cities: the answer of ``city_questions.city_features``, one row a city.

    Returns:
        One row a city, in the same order, with ``city_id`` and a column for each feature, None where it is not known:
        ``population`` (decadic logarithm of residents), ``foreign`` (percent), ``country``, ``region``, ``network``
        (set of codes, empty where only the international network lists the city), ``joined`` (year), ``index`` (0-100),
        ``profile`` (practices by policy area). Beside them what ``reasons`` says of the figures: ``of_settlement``
        (residents of the settlement alone), ``of_nationals`` (foreign nationals instead of those born abroad) and
        ``index_year`` (the edition of the score).
    """
    rows = []
    for city in records(cities):
        population = _known(city["population"])
        areas, counts = _known_list(city["areas"]), _known_list(city["area_practices"])
        rows.append(
            {
                "city_id": city["city_id"],
                "population": None if population is None else float(np.log10(population)),
                "foreign": _known(city["foreign_pct"]),
                "country": city["country_code"],
                "region": region_of(city["country_code"]),
                "network": frozenset(city["networks"]) if _is_list(city["networks"]) else None,
                "joined": _known(city["joined_year"]),
                "index": _known(city["index_score"]),
                "profile": {code: int(count) for code, count in zip(areas, counts, strict=True)},
                "of_settlement": bool(city["of_settlement"]),
                "of_nationals": bool(city["of_nationals"]),
                "index_year": _known(city["index_year"]),
            }
        )
    return pd.DataFrame(rows, columns=["city_id", *FEATURES, *_MARKS], dtype=object)


def _is_list(value: Any) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, str)


def _known_list(value: Any) -> list[Any]:
    return list(value) if _is_list(value) else []


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


def nearest(found: pd.DataFrame, city_id: str, k: int, weights: Mapping[str, float] = DEFAULT_WEIGHTS) -> pd.DataFrame:
    """The cities most like one.

    Args:
        found: the answer of ``parts`` for the city.
        city_id: the city, which is not its own peer.
        k: how many at most.
        weights: how much each feature counts.

    Returns:
        ``distance, compared``, the nearest first; of equally near ones those compared in more features. Cities that
        can be compared in fewer than ``FEWEST_FEATURES`` are left out.
    """
    frame = distances(found, weights).drop(index=city_id).dropna()
    frame = frame[frame["compared"] >= FEWEST_FEATURES]
    order = frame.assign(more=-frame["compared"], name=frame.index).sort_values(["distance", "more", "name"])
    return order[["distance", "compared"]].head(k)


Row = Mapping[str, Any]
Names = Callable[[str, str], str]


def _population(own: Row, other: Row, names: Names) -> str:
    ratio = 10 ** (other["population"] - own["population"])
    if 0.95 <= ratio <= 1.05:
        words = _("about as many people")
    elif ratio > 1:
        words = _("{times} times as many people").format(times=number(ratio, 1))
    elif ratio < 0.01:
        words = _("less than 1 % of the people")
    else:
        words = _("{share} % of the people").format(share=number(ratio * 100))
    settlements = own["of_settlement"] + other["of_settlement"]
    notes = ("", _("(one figure is of the settlement alone)"), _("(of the settlements alone)"))
    return f"{words} {notes[settlements]}".rstrip()


def _foreign(own: Row, other: Row, names: Names) -> str:
    gap = round(other["foreign"] - own["foreign"], 1)
    if own["of_nationals"] and other["of_nationals"]:
        more, less = _("{gap} points more foreign nationals"), _("{gap} points less foreign nationals")
        same = _("as many foreign nationals")
    else:
        more, less = _("{gap} points more foreign-born"), _("{gap} points less foreign-born")
        same = _("as many foreign-born")
    words = (more if gap > 0 else less if gap else same).format(gap=number(abs(gap), 1))
    note = _("(one figure is of foreign nationals)") if own["of_nationals"] != other["of_nationals"] else ""
    return f"{words} {note}".rstrip()


def _country(own: Row, other: Row, names: Names) -> str:
    return _("the same country") if own["country"] == other["country"] else _("another country")


def _region(own: Row, other: Row, names: Names) -> str:
    words = (
        _("the same part of the world ({region})")
        if own["region"] == other["region"]
        else _("another part of the world ({region})")
    )
    return words.format(region=_(other["region"]))


def _network(own: Row, other: Row, names: Names) -> str:
    shared = own["network"] & other["network"]
    if not own["network"] | other["network"]:
        return ""
    listed = enumeration(names("network", code) for code in sorted(shared))
    return _("the same network ({names})").format(names=listed) if shared else _("another network or none")


def _joined(own: Row, other: Row, names: Names) -> str:
    gap = int(other["joined"] - own["joined"])
    if not gap:
        return _("joined in the same year")
    words = (
        translate_plural("joined {gap} year later", "joined {gap} years later", gap)
        if gap > 0
        else translate_plural("joined {gap} year earlier", "joined {gap} years earlier", -gap)
    )
    return words.format(gap=number(abs(gap)))


def _index(own: Row, other: Row, names: Names) -> str:
    gap = round(other["index"] - own["index"], 1)
    if not gap:
        words = _("the same Index score")
    elif gap > 0:
        words = _("Index {gap} points higher").format(gap=number(gap, 1))
    else:
        words = _("Index {gap} points lower").format(gap=number(-gap, 1))
    theirs, ours = (row["index_year"] or _("edition not stated") for row in (other, own))
    return f"{words} ({_('{theirs} beside {ours}').format(theirs=theirs, ours=ours) if theirs != ours else theirs})"


def _profile(own: Row, other: Row, names: Names) -> str:
    if not own["profile"] or not other["profile"]:
        return ""
    shared = sorted(own["profile"].keys() & other["profile"].keys())
    if not shared:
        return _("practices in other areas")
    return _("practices in the same areas: {areas}").format(
        areas=enumeration(names("policy_area", code) for code in shared)
    )


_WORDS: dict[str, Callable[[Row, Row, Names], str]] = {
    "population": _population,
    "foreign": _foreign,
    "country": _country,
    "region": _region,
    "network": _network,
    "joined": _joined,
    "index": _index,
    "profile": _profile,
}
assert _WORDS.keys() == FEATURES.keys()


def reasons(own: Row, other: Row, names: Names) -> dict[str, str]:
    """Each feature of two cities in plain words, of those that both have.

    Residents of a settlement, foreign nationals and Index scores of different editions are said to be such.

    Args:
        own, other: rows of ``features``.
        names: what a code is called: (facet, code) to words.

    Returns:
        Words by feature, such as “the same network (RECI)” or “1.2 times as many people”.
    """
    both = [name for name in FEATURES if own[name] is not None and other[name] is not None]
    return {name: words for name in both if (words := _WORDS[name](own, other, names))}
