"""What the pages of a city say, worked out from the files of data/ with pandas alone, far from any SQL."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import chain, combinations
from typing import Any

import numpy as np
import pandas as pd

from icc_data.model.period import read_period
from icc_data.paths import DATA_DIRECTORY


@cache
def table(name: str) -> pd.DataFrame:
    """A file of data/, every cell a text."""
    return pd.read_csv(DATA_DIRECTORY / f"{name}.csv", dtype=str, keep_default_na=False)


def listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def numbers(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce")


def last_active(start: int | None, end: int | None, ongoing: bool | None) -> float:
    if start is None:
        return np.nan
    return max(year for year in (start, end, as_of() if ongoing else None) if year is not None)


@cache
def as_of() -> int:
    return int(table("practices")["accessed"].max()[:4])


@cache
def practices() -> pd.DataFrame:
    """The practices with lists as lists, and the years read from their texts."""
    frame = table("practices").copy()
    for column in ("city_ids", "countries", "policy_areas", "themes", "target_groups"):
        frame[column] = frame[column].map(listed)
    periods = frame["when_text"].map(read_period)
    frame["start"] = [np.nan if p.start_year is None else p.start_year for p in periods]
    frame["last_active"] = [last_active(p.start_year, p.end_year, p.ongoing) for p in periods]
    return frame


@cache
def _rows_of_cities() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, cities in practices()["city_ids"].items():
        for city in cities:
            found.setdefault(city, []).append(row)
    return found


def of_city(city_id: str) -> pd.DataFrame:
    return practices().loc[_rows_of_cities().get(city_id, [])]


@cache
def networks() -> dict[str, list[str]]:
    cities = table("cities")
    return {city: listed(cell) for city, cell in zip(cities["city_id"], cities["networks"], strict=True)}


def of_unit(kind: str, unit: str) -> pd.DataFrame:
    """The practices of a city, of a country (by its English name) or of a network (by its code)."""
    if kind == "city":
        return of_city(unit)
    frame = practices()
    if kind == "country":
        return frame[[unit in names for names in frame["countries"]]]
    return frame[[any(unit in networks()[city] for city in ids) for ids in frame["city_ids"]]]


def measures(own: pd.DataFrame) -> dict[str, Any]:
    """How much and how broadly the practices of one place work."""
    return {
        "practices": len(own),
        "dated": int(own["start"].notna().sum()),
        "areas": own["policy_areas"].explode().nunique(),
        "themes": own["themes"].explode().nunique(),
        "target_groups": own["target_groups"].explode().nunique(),
        "newest": own["start"].max(),
        "active": int((own["last_active"] >= as_of()).sum()),
        "shared": int((own["city_ids"].map(len) > 1).sum()),
        "uncoded": int((own["policy_areas"].map(len) == 0).sum()),
    }


def by_area(own: pd.DataFrame) -> Counter[str]:
    return Counter(chain.from_iterable(own["policy_areas"]))


@cache
def busy_cities(least: int = 24) -> tuple[str, ...]:
    """The cities with the most practices, one that has none, and one of which little is known."""
    counts = practices()["city_ids"].explode().value_counts()
    every = list(table("cities")["city_id"])
    idle = [city for city in every if city not in counts.index]
    return (*sorted(counts.index, key=lambda city: (-counts[city], city))[:least], idle[0], idle[-1])


@cache
def features() -> dict[str, dict[str, Any]]:
    """What cities are compared in, None where no cell says so."""
    found = {}
    for row in table("cities").to_dict("records"):
        count = row["population"] or row["settlement_population"]
        share = row["foreign_born_pct"] or row["foreign_nationals_pct"]
        found[row["city_id"]] = {
            "population": np.log10(int(count)) if count else None,
            "foreign": float(share) if share else None,
            "country": row["country_code"],
            "network": set(listed(row["networks"])) - {"international"} if row["networks"] else None,
            "joined": int(row["joined_year"]) if row["joined_year"] else None,
            "index": index_overall(row["city_id"]),
            "profile": dict(by_area(of_city(row["city_id"]))),
        }
    return found


@cache
def _overall() -> dict[str, float]:
    scores = table("index_scores")
    known = scores[(scores["policy_area"] == "overall") & (scores["score"] != "")]
    known = known.assign(edition=numbers(known["year"])).sort_values("edition", na_position="first")
    return known.groupby("city_id")["score"].last().astype(float).to_dict()


def index_overall(city_id: str) -> float | None:
    """The newest published overall score of a city; one whose edition is not stated is the oldest."""
    return _overall().get(city_id)


def _parts(one: dict[str, Any], other: dict[str, Any], region_of: Any) -> dict[str, float | None]:
    """The distance of two cities in each feature, None where it is not known of both."""
    found: dict[str, float | None] = {}
    for name in ("population", "foreign", "joined", "index"):
        both = one[name] is not None and other[name] is not None
        found[name] = abs(one[name] - other[name]) / _spread(name) if both else None
    found["country"] = float(one["country"] != other["country"])
    found["region"] = float(region_of(one["country"]) != region_of(other["country"]))
    nets, their_nets = one["network"], other["network"]
    if nets is None or their_nets is None:
        found["network"] = None
    else:
        found["network"] = 0.0 if nets == their_nets else 1 - len(nets & their_nets) / len(nets | their_nets)
    ours, theirs = one["profile"], other["profile"]
    shares = [
        abs(ours.get(code, 0) / sum(ours.values()) - theirs.get(code, 0) / sum(theirs.values()))
        for code in {**ours, **theirs}
        if ours and theirs
    ]
    found["profile"] = sum(shares) / 2 if ours and theirs else None
    return found


@cache
def _spread(name: str) -> float:
    values = [row[name] for row in features().values() if row[name] is not None]
    return max(values) - min(values)


@cache
def average_distances(region_of: Any) -> dict[str, float]:
    """The mean distance in each feature over all pairs of cities of which it is known, each pair looked at."""
    pairs = pd.DataFrame([_parts(one, other, region_of) for one, other in combinations(features().values(), 2)])
    return pairs.astype(float).mean().to_dict()


def gower(one: dict[str, Any], other: dict[str, Any], region_of: Any) -> tuple[float, int]:
    """Gower's distance of two different cities, averages where a feature is missing, and how many both have."""
    averages = average_distances(region_of)
    found = _parts(one, other, region_of)
    filled = [averages[name] if part is None else part for name, part in found.items()]
    return float(np.mean(filled)), sum(part is not None for part in found.values())
