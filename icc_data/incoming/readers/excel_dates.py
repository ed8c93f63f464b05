"""What spreadsheets make of years and spans once they take a cell for a date: recognised and said, never undone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from babel import Locale
from babel.dates import get_month_names

from icc_data.i18n import translate as _
from icc_data.text import fold

# The day before Excel's first, as it counts a 29 February 1900 that there was not.
_FIRST_DAY = date(1899, 12, 30)
_EARLIEST, _LATEST = date(1950, 1, 1), date(2100, 1, 1)
_LANGUAGES = ("en", "fr", "de", "es", "pt", "it", "nl", "pl", "sv", "nb", "da", "fi", "cs", "ro", "hr", "hu", "tr")
_DAY_AND_MONTH = re.compile(r"(?P<day>\d{1,2})\.?[-./ ]+(?P<word>[^\W\d_]+)\.?|(?P<first>[^\W\d_]+)\.?[-./ ]+\d{1,2}")
_SERIAL = re.compile(r"(?P<days>\d{5})(?:[.,]\d+)?")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ][\d:.]+)?")


@cache
def _months() -> frozenset[str]:
    names = (
        name
        for language in _LANGUAGES
        for width in ("abbreviated", "wide")
        for context in ("format", "stand-alone")
        for name in get_month_names(width, context, Locale(language)).values()
    )
    return frozenset(word for name in names for word in fold(name).split())


def day_of(text: str) -> date | None:
    """The day that a bare number is as Excel counts days; None for numbers that are no day from 1950 to 2099."""
    serial = _SERIAL.fullmatch(text.strip())
    day = _FIRST_DAY + timedelta(days=int(serial["days"])) if serial else None
    return day if day and _EARLIEST <= day < _LATEST else None


def date_note(text: str) -> str:
    """Why a year text is probably what a spreadsheet made of another one.

    Args:
        text: as it stands in the cell: “Jan-21”, “21-Jan” or “44197” for a date, “1905-07-13” for the number 2021.

    Returns:
        A note, or an empty text where nothing tells of a spreadsheet.
    """
    text = text.strip()
    if day := day_of(text):
        return _("“{text}” is how Excel keeps {date}: no year was read from it, write the year as text").format(
            text=text, date=day.isoformat()
        )
    if (iso := _ISO.fullmatch(text)) and iso["year"] == "1905":
        year = (date(1905, int(iso["month"]), int(iso["day"])) - _FIRST_DAY).days
        return _("“{text}” is how Excel shows the number {year} as a date: check the year, write it as text").format(
            text=text, year=year
        )
    words = _DAY_AND_MONTH.fullmatch(text)
    if words and fold(words["word"] or words["first"]) in _months():
        return _(
            "“{text}” looks like what Excel makes of a date or of a span such as 10-11: no year was read "
            "from it, write the year as text"
        ).format(text=text)
    return ""
