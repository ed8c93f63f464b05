"""Make the list by which year texts are read: what months and days are called in the languages of the lexicons.

    python tools/calendar_names.py

Writes ``icc_data/model/calendar_names.csv``, after CLDR: a row for each language and month, and one for the names of
its days, whose month is 0. Read from there, as CLDR's own files of forty languages take a seventh of the time in
which the database is built. To be run again with a new version of Babel or a new lexicon; a test tells.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import localedata
from babel.dates import get_day_names, get_month_names

sys.path.insert(0, str(Path(__file__).parents[1]))

from icc_data.model.period_lexicon import CALENDAR, languages, spellings

_LOCALES = {"no": ("nb",), "sr": ("sr", "sr_Latn"), "ar": ("ar", "ar_SY")}
# Months of these languages are numbers with a sign, which stands in their lexicons.
_NUMBERED = ("ja", "ko", "zh")


def _names(locale: str) -> Iterator[tuple[str, int]]:
    """Each name of a month with its number, and each of a day with 0."""
    # Babel writes names of one language into what it keeps of all: without this, months are Hebrew in twenty languages.
    localedata._cache.clear()
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in get_month_names(width, context, locale).items():
                yield name, month
    for name in get_day_names("wide", locale=locale).values():
        yield name, 0


def rows() -> Iterator[tuple[str, int, str]]:
    """The rows of the list: language, month, and its names as ``spellings`` writes them, parted by semicolons."""
    for language in languages():
        if language in _NUMBERED:
            continue
        # A name that two months share is that of the first.
        months: dict[str, int] = {}
        for locale in _LOCALES.get(language, (language,)):
            for name, month in _names(locale):
                for spelling in spellings(name):
                    months.setdefault(spelling, month)
        for month in sorted(set(months.values())):
            yield language, month, ";".join(spelling for spelling, its in months.items() if its == month)


def main() -> None:
    """Write the list."""
    with CALENDAR.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("language", "month", "names"))
        writer.writerows(rows())


if __name__ == "__main__":
    main()
