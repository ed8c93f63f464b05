"""The words beside a year that say when something ran: a file a language, which a speaker can mend.

Each row of ``lexicons/<language>.csv`` gives a meaning (a key of ``KINDS``, some with a number) and the words that
have it, parted by semicolons, as they are written. Case and accents do not matter. ``-word`` is an ending grown to
a number or month ("2015-től", "2015'ten"), ``word-`` a beginning ("מ-2015"). Within a language a word counts where it
stands first; where languages differ, the text decides which of them it is in. Names of months and days come from CLDR
(``calendar_names.csv``).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from icc_data.text import fold

LEXICONS = Path(__file__).parent / "lexicons"
CALENDAR = Path(__file__).parent / "calendar_names.csv"
"""Made by ``tools/calendar_names.py``."""
KINDS = {
    "since": "S", "from": "F", "between": "K", "until": "U", "by": "I", "to": "T", "and": "&", "or": "r", "not": "h",
    "ongoing": "O", "currently": "c", "before": "B", "after": "A", "begun": "b", "ended": "e", "end": "%",
    "stopped": "X", "cancelled": "!", "evaluated": "l", "last edition": "Z", "planned": "L", "extended": "@",
    "then": "t", "phase": "H", "every year": "w", "each": "v", "about": "C", "no date": "Q", "part of a year": "M",
    "month": "M", "counted": "k", "filler": "_", "running": "g", "onwards": "W", "until after": "V", "on": "o",
    "status": "J", "label": "$", "a year": "j", "years": "P", "a month": "j", "months": "P", "decades": "P",
    "decade": "*", "days": "P", "number": "N", "several": "N", "era": "令", "first year of an era": "元",
    "sign of a month": "月", "sign of a day": "日",
}  # fmt: skip
"""The kind of each meaning; what the rules do with it stands in ``period_rules``."""
PLACE_MEANINGS = ("rank before", "rank after", "rank ending", "genitive", "place label")
"""The meanings in the lexicons that are no words of time; ``ranks`` reads them."""
_MONTHS_OF = {"a year": 12, "years": 12, "a month": 1, "months": 1, "decades": 120}

Meaning = tuple[str, int]
"""A kind and its value: months of a unit, a number, a month, the year before the first of an era; else 0."""


@lru_cache(maxsize=20_000)
def accented(word: str) -> str:
    """A word in lower case with its accents, which tell "før" (before) from "for"; the Turkish ı is an i."""
    return unicodedata.normalize("NFC", word.casefold()).replace("i\u0307", "i").replace("ı", "i")


def spellings(word: str) -> tuple[str, str]:
    """How a word may be written: with its accents, or without, but with the hyphen of an ending or a beginning."""
    bare = ("-" if word.startswith("-") else "") + fold(word) + ("-" if word.endswith("-") else "")
    # The lexer gives no apostrophes and drops the marks between the words of a phrase.
    plain = re.sub(r"[^\w]+", " ", accented(word)).strip()
    return ("-" if word.startswith("-") else "") + plain + ("-" if word.endswith("-") else ""), bare


def _words_of(path: Path) -> dict[str, Meaning]:
    spelled: dict[str, Meaning] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row["meaning"].rstrip("0123456789").strip()
            number = row["meaning"][len(name) :].strip()
            if name in PLACE_MEANINGS:
                continue
            if name not in KINDS:
                raise ValueError(f"{path.name}: no meaning is called “{name}”; there are {', '.join(KINDS)}")
            meaning = KINDS[name], int(number) if number else _MONTHS_OF.get(name, 0)
            for word in row["words"].split(";"):
                spelled.setdefault(word.strip(), meaning)
    # A word written with its accents goes before one that lost them: French "des" is not "dès".
    ways = [(*spellings(word), meaning) for word, meaning in spelled.items()]
    words: dict[str, Meaning] = {}
    for written, _bare, meaning in ways:
        words.setdefault(written, meaning)
    for _written, bare, meaning in ways:
        words.setdefault(bare, meaning)
    return words


# Where a word means something else in two languages and nothing tells them apart, the programme's come first.
_FIRST = ("en", "fr", "de", "es", "pt", "it")


def languages() -> tuple[str, ...]:
    """The codes of the languages whose words are read."""
    return tuple(dict.fromkeys((*_FIRST, *sorted(path.stem for path in LEXICONS.glob("*.csv")))))


def vocabulary() -> dict[str, dict[str, Meaning]]:
    """Every word or phrase of the lexicons, folded and as it is written, with its meaning by language.

    Raises:
        ValueError: a lexicon names a meaning that there is not.
    """
    words: dict[str, dict[str, Meaning]] = {}
    for language in languages():
        for word, meaning in _words_of(LEXICONS / f"{language}.csv").items():
            words.setdefault(word, {})[language] = meaning
    return words


def words_of_places() -> Iterator[tuple[str, str]]:
    """Each meaning of ``PLACE_MEANINGS`` with each of its words, language after language."""
    for language in languages():
        with (LEXICONS / f"{language}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["meaning"] in PLACE_MEANINGS:
                    yield from ((row["meaning"], word.strip()) for word in row["words"].split(";") if word.strip())


@lru_cache(maxsize=1)
def calendar_names() -> dict[str, dict[str, Meaning]]:
    """Names of months and days, folded, with their meaning by language, after CLDR."""
    names: dict[str, dict[str, Meaning]] = {}
    with CALENDAR.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            month = int(row["month"])
            for name in row["names"].split(";"):
                names.setdefault(name, {})[row["language"]] = ("M", month) if month else ("_", 0)
    return names
