"""A complete set of Index scores, made up: no city has these; it only ever lies in the folders of tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from icc_data.incoming.add import add
from icc_data.paths import DATA_DIRECTORY
from icc_data.store.build import build

EDITIONS = (2031, 2034, 2037)
"""Years of no edition that there is, so that what is made up never stands beside what is published."""
CITIES = 120
# In so many of the policy areas, the first of the list, those that score high are made to publish more.
WITH_WORK = 4


def published(table: str) -> pd.DataFrame:
    """A table of the project's data, as pandas reads it."""
    return pd.read_csv(DATA_DIRECTORY / f"{table}.csv")


def complete_set(directory: Path = DATA_DIRECTORY, cities: int = CITIES) -> pd.DataFrame:
    """The columns of index_scores.csv for so many cities, every policy area and overall, three editions.

    The ninth city of ten misses the first edition, and the last policy area is not asked in the first edition.
    """
    dice = np.random.default_rng(17)
    practices = pd.read_csv(directory / "practices.csv", usecols=["city_ids", "policy_areas"], dtype=str).fillna("")
    terms = pd.read_csv(directory / "terms.csv").query("vocabulary == 'policy_area'").sort_values("position")
    codes, ids = list(terms["code"]), list(pd.read_csv(directory / "cities.csv", usecols=["city_id"])["city_id"])
    pairs = practices.assign(city=practices["city_ids"].str.split("; "), area=practices["policy_areas"].str.split("; "))
    work = pairs.explode("city").explode("area").groupby(["city", "area"]).size().to_dict()
    rows = []
    for step, year in enumerate(EDITIONS):
        for place, city in enumerate(ids[:cities]):
            if step == 0 and place % 10 == 8:
                continue
            level = 45 + 25 * np.sin(place) + 4 * step
            areas = codes[:-1] if step == 0 else codes
            scores = {}
            for order, code in enumerate(areas):
                more = 14 * min(work.get((city, code), 0), 3) if order < WITH_WORK else 0
                scores[code] = round(float(np.clip(level + 8 * np.cos(order) * 2 + more + dice.normal(0, 12), 0, 100)))
            scores["overall"] = round(float(np.mean(list(scores.values()))))
            rows += [(city, year, code, score) for code, score in scores.items()]
    frame = pd.DataFrame(rows, columns=["city_id", "year", "policy_area", "score"])
    by_area = frame.groupby(["year", "policy_area"])["score"]
    rank = by_area.rank(method="min", ascending=False).astype(int)
    return frame.assign(rank=rank, cities_compared=by_area.transform("count"), note="Made up for a test.")


def with_complete_set(place: Path) -> Path:
    """A copy of the project's data in a folder, to which the made-up set was added as the secretariat would."""
    directory = place / "data"
    shutil.copytree(DATA_DIRECTORY, directory)
    table = place / "made-up-scores.csv"
    frame = complete_set()
    frame.to_csv(table, index=False)
    addition = add([table], directory)
    assert not addition.refused
    assert len(addition.added["index_scores"]) == len(frame)
    return directory


def complete_atlas(place: Path) -> Path:
    """The database of ``with_complete_set``."""
    return build(with_complete_set(place), place / "atlas.duckdb").database
