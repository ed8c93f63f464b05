"""Places as people write them, resolved to the cities of the network."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import process

from icc_data.errors import AtlasError
from icc_data.i18n import translate
from icc_data.model.countries import Countries, Country
from icc_data.model.geonames import Offer, geonames
from icc_data.model.ranks import ranks
from icc_data.model.records import City
from icc_data.model.subdivisions import subdivisions
from icc_data.text import NEAR, fold, likeness

__all__ = ["AmbiguousPlaceError", "Country", "Gazetteer", "Match", "Offer", "UnknownPlaceError"]

# How alike a text must be to a name (1 - edits / length) to be corrected into it: 0.79 lets one typing error in a
# name of five letters pass, two from ten. Measured by benchmarks/gazetteer_threshold.py on 4000 typing errors and
# 2 x 4000 other places, country unknown / known: 95.5 % / 95.8 % of the errors read rightly, none as another city
# (what is missed leaves fewer than five letters or is another place's name); no place that GeoNames knows and
# 0.12 % / 0.05 % of those too small for it taken for a city. At 0.81 92.8 % are read, at 0.84 83.9 %, at 0.88 61 %.
CORRECTION_THRESHOLD = 0.79
SHORTEST_CORRECTED = 5
# A person who is offered a name sees whether it is the one.
SHORTEST_OFFERED = 4
_MOST_OFFERS = 5

_WITH_COUNTRY = re.compile(r"^(?P<place>[^,(]+)(?:,\s*(?P<after>[^,()]+)|\s*\((?P<inside>[^()]+)\))\s*$")


@dataclass(frozen=True)
class Match:
    """A place that was resolved.

    Attributes:
        city: the city meant.
        read_as: the city's name where a spelling had to be corrected, else None.
    """

    city: City
    read_as: str | None = None


class UnknownPlaceError(AtlasError):
    """No city of the network has this name.

    Attributes:
        offers: places of that name in GeoNames, the largest first; none of them is added by itself.
        suggestions: names of cities of the network that look alike.
    """

    def __init__(self, title: str, advice: str, offers: tuple[Offer, ...], suggestions: tuple[str, ...]) -> None:
        super().__init__(title, advice)
        self.offers = offers
        self.suggestions = suggestions


class AmbiguousPlaceError(AtlasError):
    """Several cities of the network have this name.

    Attributes:
        candidates: those cities.
    """

    def __init__(self, text: str, candidates: tuple[City, ...]) -> None:
        named = translate("{city} in {country} ({id})")
        names = ", ".join(named.format(city=city.name, country=city.country, id=city.city_id) for city in candidates)
        super().__init__(
            translate("“{text}” may be any of: {names}.").format(text=text, names=names),
            translate("Write the country or the full name of the one that is meant."),
        )
        self.candidates = candidates


def geonames_id(city: City) -> int:
    """The place of GeoNames whose names in other languages are those of a city; 0 where there is none.

    Args:
        city: one without an identifier, such as a canton, is called what the only place of its name in its country is.
    """
    if city.geoname_id:
        return city.geoname_id
    places = geonames().named(city.name, city.country_code)
    return places[0].geoname_id if len(places) == 1 else 0


class Gazetteer:
    """The cities of the network by every name that is known of them.

    A name counts before an alias, an alias before a name in another language, and all of them before a
    corrected spelling. Case, accents and punctuation never count. GeoNames is read only when the network's own
    names and aliases do not answer.

    Args:
        cities: the cities, as ``cities.csv`` has them.
    """

    def __init__(self, cities: Iterable[City]) -> None:
        self._by_id = {city.city_id: city for city in cities}
        names: defaultdict[str, dict[str, City]] = defaultdict(dict)
        aliases: defaultdict[str, dict[str, City]] = defaultdict(dict)
        for city in self._by_id.values():
            for name in (city.name, *(city.local_name or "").split(" / "), city.local_name or ""):
                names[fold(name)][city.city_id] = city
            for alias in city.aliases:
                aliases[fold(alias)][city.city_id] = city
        self._tiers = tuple(
            {key: tuple(cities.values()) for key, cities in tier.items() if key} for tier in (names, aliases)
        )
        self._countries = Countries({city.country_code: city.country for city in self._by_id.values()})
        self.longest_name = max((len(key.split()) for tier in self._tiers for key in tier), default=1)

    @property
    def cities(self) -> tuple[City, ...]:
        """All cities, in the order given."""
        return tuple(self._by_id.values())

    def by_id(self, city_id: str) -> City | None:
        """The city with this identifier, or None."""
        return self._by_id.get(city_id)

    def country(self, text: str) -> Country | None:
        """The country that a text names.

        Args:
            text: a name in English, French, Spanish, Portuguese, Italian, German or the country's own
                languages, whatever the case and accents.

        Returns:
            The country by the English name that ``cities.csv`` uses, else the one of CLDR; None for no country.
        """
        return self._countries.find(text)

    def country_in_english(self, text: str) -> Country | None:
        """The country that a text names in English; faster than ``country``, for trying many words."""
        return self._countries.find_english(text)

    def named(self, text: str) -> tuple[City, ...]:
        """The cities that have this name, in the whole network; those with this alias where none has."""
        key = fold(text)
        return next((tier[key] for tier in self._tiers if key in tier), ())

    def known_as(self, text: str) -> tuple[City, ...]:
        """The cities that have this name beside a rank (“Bergen kommune”, “City of Zurich”); none where no rank is."""
        return next((cities for name in ranks().names(text) if (cities := self.named(name))), ())

    def lies_in(self, city: City, text: str) -> bool:
        """Whether a text written after a city says where it is: “Lewisham, London”, “Rochester, MN”, “Modena (MO)”.

        Args:
            city: the city.
            text: its name once more or the part of it that is the city above, its state, another subdivision of its
                country, or two or three capitals, as Italian provinces are written; no other city of the network.
        """
        words = set(fold(text).split())
        own_names = (city.name, *(city.local_name or "").split(" / "), *city.aliases)
        if any(words <= set(fold(name).split()) for name in own_names):
            return True
        if self.named(text):
            return False
        if city.country_code == "US":
            return geonames().in_state(city.geoname_id or 0, text)
        return subdivisions().have(city.country_code, text) or (text.isalpha() and text.isupper() and len(text) <= 3)

    def resolve(self, text: str, country_code: str | None = None) -> Match:
        """Find the city that a text names.

        Args:
            text: a city's name, local name, alias or name in another language, if need be with its country
                (“Valencia, Spain”) or its rank (“City of Leeds”), or with one typing error.
            country_code: the country that the city must be in, ISO 3166-1 alpha-2, where it is known.

        Returns:
            The city, and its name where a spelling had to be corrected.

        Raises:
            UnknownPlaceError: no city of the network has this name; carries what GeoNames knows by it.
            AmbiguousPlaceError: several cities have it; carries them.
        """
        readings = tuple(self._readings(text.strip(), country_code))
        cities, is_corrected = self._meant(readings)
        if len(cities) > 1:
            raise AmbiguousPlaceError(text, cities)
        if not cities:
            raise self._unknown(text.strip(), *readings[-1])
        return Match(cities[0], cities[0].name if is_corrected else None)

    def find(self, text: str, country_code: str | None = None) -> Match | None:
        """As ``resolve``, but None where it raises; faster, for trying many words."""
        cities, is_corrected = self._meant(tuple(self._readings(text.strip(), country_code)))
        return Match(cities[0], cities[0].name if is_corrected else None) if len(cities) == 1 else None

    def longest_from(self, word: str) -> int:
        """How many words the longest name has that begins with this folded word; 0 where none does.

        Names are those of countries in English and of cities without their rank.
        """
        return self._longest_by_first_word.get(word, 0)

    @cached_property
    def _longest_by_first_word(self) -> dict[str, int]:
        longest: dict[str, int] = {}
        cities = (key for tier in self._tiers for key in tier)
        countries = tuple(self._countries.english_names())
        # The name of any country may have an article before it.
        for name in (*cities, *countries, *(f"the {country}" for country in countries)):
            if words := name.split():
                longest[words[0]] = max(longest.get(words[0], 0), len(words))
        return longest

    def _meant(self, readings: tuple[tuple[str, str | None], ...]) -> tuple[tuple[City, ...], bool]:
        """The cities that may be meant, and whether a spelling had to be corrected."""
        for lookup in (self._exact, self._in_another_language, self._corrected):
            for place, code in readings:
                if cities := lookup(place, code):
                    return cities, lookup == self._corrected
        return (), False

    def _readings(self, text: str, country_code: str | None) -> Iterator[tuple[str, str | None]]:
        """The text as it stands, then without its rank, then without the country written after it."""
        yield text, country_code
        for name in ranks().names(text):
            yield name, country_code
        parts = _WITH_COUNTRY.match(text)
        country = self.country(parts["after"] or parts["inside"]) if parts else None
        if parts and country and country_code in (None, country.code):
            yield parts["place"], country.code

    def _exact(self, text: str, country_code: str | None) -> tuple[City, ...]:
        key = fold(text)
        for tier in self._tiers:
            if cities := _within(tier.get(key, ()), country_code):
                return cities
        return ()

    def _in_another_language(self, text: str, country_code: str | None) -> tuple[City, ...]:
        """By GeoNames' other names, unless the text is some other place's own name (Philadelphia is not Amman)."""
        cities = _within(self._other_names.get(fold(text), ()), country_code)
        return () if self._is_elsewhere(text, country_code, cities) else cities

    def _corrected(self, text: str, country_code: str | None) -> tuple[City, ...]:
        """The cities whose name is nearest, one typing error away at most in a short name."""
        key = fold(text)
        if len(key) < SHORTEST_CORRECTED or self.country(text):
            return ()
        nearest = self._nearest(key, country_code, CORRECTION_THRESHOLD)
        cities = tuple({city.city_id: city for city, score in nearest if score == nearest[0][1]}.values())
        return () if self._is_elsewhere(text, country_code, cities) else cities

    def _nearest(
        self, key: str, country_code: str | None, threshold: float, shortest: int = SHORTEST_CORRECTED
    ) -> list[tuple[City, float]]:
        hits = process.extract(key, self._keys, scorer=likeness, score_cutoff=threshold, limit=None)
        return [
            (city, score)
            for name, score, _ in hits
            if len(name) >= shortest
            for city in _within(self.named(name), country_code)
        ]

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for tier in self._tiers for key in tier))

    @cached_property
    def _other_names(self) -> dict[str, tuple[City, ...]]:
        """Cities by their names in other languages, where no city of the network has it as its own."""
        cities_by_name: defaultdict[str, dict[str, City]] = defaultdict(dict)
        for city in self._by_id.values():
            for name in geonames().other_names(geonames_id(city)):
                if not self.named(name):
                    cities_by_name[fold(name)][city.city_id] = city
        return {key: tuple(cities.values()) for key, cities in cities_by_name.items() if key}

    def _is_elsewhere(self, text: str, country_code: str | None, cities: tuple[City, ...]) -> bool:
        """Whether a place that is none of these cities bears this very name."""
        own = {city.geoname_id for city in cities}
        return bool(cities) and any(offer.geoname_id not in own for offer in geonames().named(text, country_code))

    def _unknown(self, text: str, place: str, country_code: str | None) -> UnknownPlaceError:
        places = geonames().named(place, country_code) or geonames().also_named(place, country_code)
        offers = tuple(
            replace(offer, country=self._countries.named(offer.country_code).name)
            for offer in geonames().told_apart(places[:_MOST_OFFERS])
        )
        nearest = self._nearest(fold(place), country_code, NEAR, SHORTEST_OFFERED)[:3]
        suggestions = tuple(dict.fromkeys(city.name for city, _ in nearest))
        told = translate("“{text}” is not a city of the network.").format(text=text)
        if country_code:
            country = self._countries.named(country_code).name
            told = translate("“{text}” is not a city of the network in {country}.").format(text=text, country=country)
        hints = [
            translate("The network has {name} in {country}.").format(name=city.name, country=city.country)
            for city in self.named(place)
            if country_code not in (None, city.country_code)
        ]
        if suggestions:
            hints.append(translate("Names that look alike: {names}.").format(names=", ".join(suggestions)))
        if offers:
            hints.append(translate("GeoNames knows {places}.").format(places="; ".join(map(str, offers))))
        advice = translate("Correct the spelling, or add the city to cities.csv if it belongs there.")
        return UnknownPlaceError(
            told,
            " ".join([advice, *hints]),
            offers,
            suggestions,
        )


def _within(cities: tuple[City, ...], country_code: str | None) -> tuple[City, ...]:
    return tuple(city for city in cities if country_code in (None, city.country_code))
