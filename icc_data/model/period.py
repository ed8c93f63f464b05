"""The years in which a good practice ran, read from what people write beside it.

``period_tokens`` cuts a text into words of time (``lexicons``, a file a language), numbers and marks; ``period_rules``
says what they mean together; ``period_claims`` what all of it comes to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from icc_data.i18n import translate as _
from icc_data.model.period_claims import Certainty as Certainty
from icc_data.model.period_claims import Form as Form
from icc_data.model.period_claims import claims_of
from icc_data.model.period_tokens import FIRST_YEAR as FIRST_YEAR
from icc_data.model.period_tokens import LAST_YEAR as LAST_YEAR
from icc_data.model.period_tokens import Token, is_unknown, kinds_of, readings_of

# Of the 57 ranges in data/practices.csv 55 end at most six years after they begin ("2024-2028", "From 2021 to
# 2027"), two after ten: a plan made this year seldom reaches further, a slip of the key does.
PLAN_HORIZON = 6
# Kinds of words that people also use where they say nothing of time.
_ORDINARY = "xk$lLH@XZ!t"
# Words that are cut in one way alone.
_LATIN_WORD = re.compile(r"(?<![\w\u0300-\u036f])[A-Za-zÀ-ÖØ-öø-ɏ]{3,}(?![\w\u0300-\u036f])")


@dataclass(frozen=True)
class Period:
    """When a practice ran, as far as a text says so.

    Attributes:
        text: the text as published.
        start_year: the first year, or None where it is not stated.
        end_year: the last year, or None where it is not stated.
        ongoing: True where the text says it goes on, False where it states an end, else None.
        certainty: "certain" for a form with one reading, "likely" where a reading had to be chosen, a part of
            the text was not understood or ``doubts`` has something to say, "unknown" where nothing could be read.
        form: what kind of statement the text is. Of "year" (a year alone, which may be that of the page, of an edition
            or of an award) and "date" (with a day or month) the end is unknown and the start likely at most; of
            "founded" the start alone is known; "recurring" returns every year or so.
    """

    text: str
    start_year: int | None
    end_year: int | None
    ongoing: bool | None
    certainty: Certainty
    form: Form

    def as_dict(self) -> dict[str, str | int | bool | None]:
        """The period as a record: text, start_year, end_year, ongoing, certainty, form, in this order."""
        return dict(vars(self))

    @property
    def known_until(self) -> int | None:
        """The last year in which the practice is known to have run: its end, else its start; None without a start."""
        return None if self.start_year is None else self.end_year or self.start_year

    def said_until(self, as_of: int) -> int | None:
        """The last year of which the text says that the practice runs; None without a start.

        Args:
            as_of: the year up to which a practice that is said to go on does so.

        Returns:
            ``as_of`` where it is said to go on and that is later than what is known; else ``known_until``.
        """
        if self.start_year is None or self.known_until is None:
            return None
        return max(self.known_until, as_of) if self.ongoing else self.known_until

    def active_in(self, year: int, as_of: int) -> bool:
        """Whether the practice is known, or said, to run in a year; ``as_of`` is that of ``said_until``."""
        last = self.said_until(as_of)
        return self.start_year is not None and last is not None and self.start_year <= year <= last


def read_period(text: str, as_of: int | None = None) -> Period:
    """Read the years in which a practice ran.

    Args:
        text: the text beside the practice, in any language; any text is allowed.
        as_of: the year in which the text was seen; this year where that is not known.

    Returns:
        The period. A year or date alone is a start, and likely at most. What cannot be read, such as a range that goes
        backwards, a decade or a year outside 1850 to 2100, gives an unknown period, never a guess. Where
        ``doubts`` has something to say of the period it is likely at most.
    """
    period = _read(text)
    doubtful = period.certainty == "certain" and doubts(period, as_of)
    return replace(period, certainty="likely") if doubtful else period


# The same text stands beside many practices, and checking a file reads it more than once.
@lru_cache(maxsize=20_000)
def _read(text: str) -> Period:
    return Period(text, *claims_of(text))


def doubts(period: Period, as_of: int | None = None) -> tuple[str, ...]:
    """Why the years of a period, though they can be read, may not be what was meant.

    Args:
        period: as it was read.
        as_of: the year in which its text was seen; this year where that is not known.

    Returns:
        A note for each year further ahead than people plan, and for an end that is past beside "ongoing".
    """
    seen = as_of or date.today().year
    years = dict.fromkeys(year for year in (period.start_year, period.end_year) if year is not None)
    notes = [
        _("“{text}”: {year} is more than {years} years after {seen}, check the year").format(
            text=period.text, year=year, years=PLAN_HORIZON, seen=seen
        )
        for year in years
        if year > seen + PLAN_HORIZON
    ]
    if period.ongoing and period.end_year is not None and period.end_year < seen:
        notes.append(
            _("“{text}” says both that it ended in {year} and that it goes on").format(
                text=period.text, year=period.end_year
            )
        )
    return tuple(notes)


def unreadable(text: str) -> str:
    """Why no year can be read from a text; empty where one can, or where it says that there is none ("N/A")."""
    if read_period(text).certainty != "unknown" or set(kinds_of(readings_of(text)[0])) <= set("Q-<?.,;/(…"):
        return ""
    if goes_backwards(text):
        return _("it ends before it begins: write it like 2019, 2019-2021, since 2019 or until 2023")
    return _("no year can be read from it: write it like 2019, 2019-2021, since 2019 or until 2023")


def goes_backwards(text: str) -> bool:
    """Whether the last of the years that a text names is before its first."""
    first, *later = [int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", text)] or [0]
    return bool(later) and later[-1] < first


def unread_words(text: str) -> list[str]:
    """The words the reader does not know at all, such as the name of a place before the year.

    Args:
        text: any text.

    Returns:
        The words as written and in order, except years, numbers, months and known words of time.
    """
    return list(_unread_words(text))


def is_unread(text: str) -> bool:
    """Whether ``unread_words`` of a text has any; faster, for prose."""
    return any(is_unknown(word[0]) for word in _LATIN_WORD.finditer(text)) or bool(_unread_words(text))


def begins_unread(text: str) -> bool:
    """Whether a text begins with the first of its ``unread_words``; faster, for prose."""
    first = _LATIN_WORD.match(text)
    return bool(first and is_unknown(first[0])) or text.startswith(next(iter(_unread_words(text)), "\n"))


@lru_cache(maxsize=20_000)
def _unread_words(text: str) -> tuple[str, ...]:
    first, *others = map(_unread, readings_of(text))
    return tuple(word for word in first if all(word in other for other in others))


def _unread(tokens: list[Token]) -> list[str]:
    # A number word is one only before a unit of time: "un an", but not "un quartier".
    lone = {m.start() for m in re.finditer("N(?!-?[jP])", kinds_of(tokens))}
    unread = [t.text for i, t in enumerate(tokens) if t.kind in _ORDINARY or i in lone]
    return [word for word in unread if any(c.isalpha() for c in word)]
