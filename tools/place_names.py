"""Make the lists by which the search box knows places: what the network's are called elsewhere, and which others exist.

    python tools/place_names.py

Writes ``icc_data/queries/place_names.csv``: names of the network's cities in other languages (GeoNames, CC BY 4.0) and
of all countries (CLDR), folded, with what they mean; and ``icc_data/queries/other_places.txt``: the names of places
in the world, a word each, that are never taken for a misspelt word. To be run again when cities are added.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

sys.path.insert(0, str(Path(__file__).parents[1]))

from icc_data.incoming.check import valid_data
from icc_data.model.countries import LANGUAGES, Countries, other_country_names
from icc_data.model.gazetteer import Gazetteer, geonames_id
from icc_data.model.geonames import geonames
from icc_data.model.records import City
from icc_data.paths import DATA_DIRECTORY
from icc_data.text import fold

QUERIES = Path(__file__).parents[1] / "icc_data" / "queries"
NAMES, OTHERS = QUERIES / "place_names.csv", QUERIES / "other_places.txt"
# A part of a name, such as Kyiv in “Shevchenkivskyi (Kyiv)”, counts as a place of its own from this size.
_LARGE = 300_000
_LARGEST = 1_000_000
_SHORTEST = 4


def _places_of(city: City) -> Iterator[tuple[str, int, int]]:
    """What a city's name holds of places: how it is written, its GeoNames identifier and its residents."""
    if geoname_id := geonames_id(city):
        size = city.settlement_population or city.population or 0
        yield city.name, geoname_id, size
    for part in re.split(r"[()/,-]", city.name):
        for offer in geonames().named(part, city.country_code)[:1]:
            if offer.population >= _LARGE:
                yield part, offer.geoname_id, offer.population


def city_names(cities: tuple[City, ...]) -> set[tuple[str, str]]:
    """What the network's cities are called elsewhere, with their names, unless a larger place is called so itself."""
    gazetteer = Gazetteer(cities)
    pairs = set()
    for city in cities:
        for called, geoname_id, size in _places_of(city):
            for name in geonames().other_names(geoname_id):
                larger = [o for o in geonames().named(name) if o.geoname_id != geoname_id and o.population >= size]
                if len(fold(name)) > 1 and not larger and not gazetteer.named(name) and fold(name) != fold(called):
                    pairs.add((fold(name), fold(called)))
    return pairs


def country_names() -> set[tuple[str, str]]:
    """What countries are called in other languages, with their English names."""
    countries = Countries({city.country_code: city.country for city in valid_data(DATA_DIRECTORY).cities})
    texts = {str(name) for language in LANGUAGES for name in Locale(language).territories.values()}
    texts |= set(other_country_names()) | set(countries._english)
    named = ((fold(text), countries.find(text)) for text in texts)
    return {(text, fold(country.name)) for text, country in named if country}


def other_places(own: set[str]) -> set[str]:
    """Names of places in one word, in Latin letters; of the largest also what they are called in other languages."""
    world = geonames()
    names = {fold(place.name) for place in world._places}
    for place in world._places:
        if place.population >= _LARGEST:
            names |= {fold(name) for name in world.other_names(place.geoname_id)}
    return {name for name in names - own if name.isascii() and name.isalpha() and len(name) >= _SHORTEST}


def main() -> None:
    """Write both files."""
    cities = valid_data(DATA_DIRECTORY).cities
    rows = {("city", *pair) for pair in city_names(cities)} | {("country", *pair) for pair in country_names()}
    with NAMES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["kind", "name", "means"])
        writer.writerows(sorted(rows))
    OTHERS.write_text("\n".join(sorted(other_places({name for _, name, _ in rows}))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
