"""States, provinces and counties as people write them after a city, for the countries of the network."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from icc_data.model.geonames import geonames
from icc_data.text import LIST_SEPARATOR, fold

FILE = Path(__file__).parent / "subdivisions.csv"


class Subdivisions:
    """The subdivisions of countries by the names people write.

    Args:
        names: names and abbreviations by the code of their country, ISO 3166-1 alpha-2.
    """

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._names = {code: frozenset(map(fold, ones)) for code, ones in names.items()}
        self.longest = max((len(name.split()) for ones in self._names.values() for name in ones), default=1)

    def have(self, country_code: str, text: str) -> bool:
        """Whether a country has a subdivision of this name; the states of the United States are those of GeoNames."""
        if country_code == "US":
            return geonames().is_state(text)
        return fold(text) in self._names.get(country_code, ())


@lru_cache(maxsize=1)
def subdivisions() -> Subdivisions:
    """Those of ``subdivisions.csv``, a row a country, names parted by semicolons; read once."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return Subdivisions({row["country_code"]: row["names"].split(LIST_SEPARATOR) for row in csv.DictReader(file)})
