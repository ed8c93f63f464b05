"""The user's language: texts through gettext catalogues, numbers, dates and names through CLDR (Babel)."""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import date
from functools import cache, lru_cache
from math import isnan
from pathlib import Path

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

LOCALE_DIRECTORY = Path(__file__).parent / "locale"
LANGUAGES = ("en",)
NOT_STATED = "–"

_language: ContextVar[str] = ContextVar("language", default="en")


def set_language(code: str) -> None:
    """Choose the language of everything said from here on in this thread; an unknown one becomes English."""
    _language.set(code if code in LANGUAGES else "en")


def language() -> str:
    """The code of the language in use."""
    return _language.get()


def _cldr() -> str:
    # The Council of Europe writes British English.
    return {"en": "en_GB"}.get(language(), language())


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    return _gettext.translation("atlas", LOCALE_DIRECTORY, languages=[code], fallback=True)


def translate(message: str) -> str:
    """A message in the language in use; the English message itself where there is no translation."""
    return _catalogue(language()).gettext(message) if message else ""


def translate_plural(one: str, many: str, count: int) -> str:
    """The form of a message that goes with a count, in the language in use."""
    return _catalogue(language()).ngettext(one, many, count)


def mark(message: str) -> str:
    """Mark a message for the catalogue where it is defined; it is translated where it is shown."""
    return message


# A page writes hundreds of numbers, most of them again at every click.
@lru_cache(maxsize=10_000)
def _decimal(value: float, digits: int, locale: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=locale))


@lru_cache(maxsize=10_000)
def _percent(share: float, digits: int, locale: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
    least = 10.0 ** -(digits + 2)
    # Little is not nothing, and nearly all is not all.
    if 0 < share < least / 2:
        return "<" + str(format_percent(least, format=pattern, locale=locale))
    if 1 - least / 2 <= share < 1:
        return ">" + str(format_percent(1 - least, format=pattern, locale=locale))
    return str(format_percent(share, format=pattern, locale=locale))


def number(value: float | None, digits: int = 0) -> str:
    """A number as the language writes it, rounded to ``digits`` decimals; a dash where it is unknown."""
    if value is None or isnan(value):
        return NOT_STATED
    # Adding nothing takes the sign off a minus that rounds to zero.
    return _decimal(round(float(value), digits) + 0.0, digits, _cldr())


def percent(share: float | None, digits: int = 0) -> str:
    """A share between 0 and 1 as a percentage; a dash where it is unknown.

    “<1%” where it would round to nothing, “>99%” where to all.
    """
    if share is None or isnan(share):
        return NOT_STATED
    return _percent(float(share), digits, _cldr())


def day(value: date) -> str:
    """A date in words."""
    return str(format_date(value, format="long", locale=_cldr()))


def enumeration(names: Iterable[str], kind: str = "and") -> str:
    """Names joined as the language joins them: “a, b and c” (``and``) or “a, b or c” (``or``)."""
    return str(format_list(list(names), style="or" if kind == "or" else "standard", locale=_cldr()))
