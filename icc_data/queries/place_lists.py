"""Places as other languages call them, and names of the world's places, which are no misspelt words.

``place_names.csv`` holds names of the network's cities (GeoNames) and of countries (CLDR) with what they mean,
``other_places.txt`` names of places of at least 5000 residents (GeoNames); ``tools/place_names.py`` makes both.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_NAMES, _OTHERS = _FOLDER / "place_names.csv", _FOLDER / "other_places.txt"
_LONGEST = 4


@cache
def _meanings() -> dict[str, dict[str, list[str]]]:
    """By city or country: what each name means."""
    by_kind: dict[str, dict[str, list[str]]] = {"city": defaultdict(list), "country": defaultdict(list)}
    with _NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_kind[row["kind"]][row["name"]].append(row["means"])
    return {kind: dict(names) for kind, names in by_kind.items()}


@cache
def _other_places() -> frozenset[str]:
    return frozenset(_OTHERS.read_text(encoding="utf-8").split())


def meant_by(facet: str, name: str) -> Sequence[str]:
    """The names, as the data has them, of the cities or countries that a name in another language means.

    Args:
        facet: ``city`` or ``country``.
        name: folded.
    """
    return _meanings().get(facet, {}).get(name, ())


def exonyms(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Which typed words are, together or alone, the name of a place in another language.

    Args:
        words: typed words, folded, in their order.

    Yields:
        A typed word and a word of the place's name for which it stands; every word of that name has a typed one,
        as far as there are so many.
    """
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            typed = words[at : at + length]
            names = [name for kind in ("city", "country") for name in meant_by(kind, " ".join(typed))]
            if names:
                for name in dict.fromkeys(names):
                    yield from _paired(typed, name.split())
                at += length - 1
                break
        at += 1


def _paired(typed: Sequence[str], meant: list[str]) -> Iterator[tuple[str, str]]:
    if len(typed) < len(meant):
        telling = sorted(meant, key=len, reverse=True)[: len(typed)]
        meant = [word for word in meant if word in telling]
    for number, word in enumerate(typed):
        yield word, meant[min(number, len(meant) - 1)]


def places_among(words: Collection[str]) -> list[str]:
    """Those of some folded words that name a place somewhere."""
    return [word for word in words if word in _other_places() or meant_by("country", word) or meant_by("city", word)]
