"""The user's language: texts through gettext catalogues, numbers, dates and names through CLDR (Babel).

A language is one file, ``locale/<code>.po``: it is read when somebody first asks for it, and compiled by nobody.
"""

from __future__ import annotations

import gettext as _gettext
import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache
from io import BytesIO
from math import isnan
from pathlib import Path
from typing import Any

from babel import Locale, negotiate_locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from icc_data.paths import SET

LOCALE_DIRECTORY = Path(__file__).parent / "locale"
LANGUAGES = ("en", *sorted(file.stem for file in LOCALE_DIRECTORY.glob("*.po")))
"""Those that there are: English, in which the messages are written, and those with a file."""
PSEUDO = "en-XA"
"""English as a translation might look, with accents and a third longer: what does not look so is not translated."""
NOT_STATED = "–"
# As charts write it, and no hyphen.
_MINUS = "\N{MINUS SIGN}"

# The Council of Europe writes British English.
_CLDR = {"en": "en_GB", PSEUDO: "en_GB"}
_language: ContextVar[str | None] = ContextVar("language", default=None)
_unchosen: list[Callable[[], str]] = []


def offered() -> tuple[str, ...]:
    """The languages that somebody may choose: ``LANGUAGES``, and the pseudo-language where the settings allow it."""
    return (*LANGUAGES, PSEUDO) if SET["pseudo_language"] == "on" else LANGUAGES


def set_language(code: str) -> None:
    """Choose the language of everything said from here on in this thread; an unknown one becomes English."""
    _language.set(code if code in offered() else "en")


def ask_where_unchosen(ask: Callable[[], str]) -> None:
    """Say who knows the language in a thread for which nobody has chosen one yet, such as a visitor's next click.

    Args:
        ask: gives its code; anything that is none counts as English.
    """
    _unchosen[:] = [ask]


def language() -> str:
    """The code of the language in use."""
    code = _language.get()
    if code is None:
        set_language(_unchosen[0]() if _unchosen else "en")
        code = _language.get() or "en"
    return code


def preferred(asked: str, header: str) -> str:
    """The language to speak: the one asked for, else the first of the browser's that there is, else English.

    Args:
        asked: a code, such as the address names; one that there is not counts for nothing.
        header: languages with their weights, as ``Accept-Language`` lists them (RFC 9110, 12.5.4).
    """
    if asked in offered():
        return asked
    weights = {}
    for entry in header.split(","):
        code, _sign, weight = entry.partition(";q=")
        with_weight = float(weight) if re.fullmatch(r"[01](\.\d{0,3})?", weight.strip()) else 1.0
        weights[code.strip()] = with_weight
    wanted = [code for code in sorted(weights, key=weights.__getitem__, reverse=True) if code and weights[code]]
    return negotiate_locale(wanted, LANGUAGES, sep="-") or "en"


def of_environment(variables: Mapping[str, str] = os.environ) -> str:
    """The language of a command: that of ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` or ``LANG``, as for gettext."""
    preferences = next(
        (variables[name] for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if variables.get(name)), ""
    )
    wanted = [code.partition(".")[0].partition("@")[0] for code in preferences.split(":")]
    return negotiate_locale([code for code in wanted if code], LANGUAGES) or "en"


def own_name(code: str) -> str:
    """What a language calls itself: “English”, “français”."""
    return str(Locale.parse(_CLDR.get(code, code)).get_language_name() or code) if code != PSEUDO else "Pseudo"


def _cldr() -> str:
    code = language()
    return _CLDR.get(code, code)


class _Pseudo(_gettext.NullTranslations):
    """English as a translation might look; what stands in braces, back-ticks, tags and addresses stays."""

    _KEPT = re.compile(r"(\{[^{}]*\}|`[^`]*`|</?[a-z][^>]*>|\]\([^)]*\)|:[a-z]+(?:/\w+:|(?=\[))|https?://\S+|&\w+;)")
    _ACCENTED = str.maketrans("AEIOUYaeiouycnsz", "ÀÉÎÖÛÝàéîöûýçñšž")

    def gettext(self, message: str) -> str:
        parts = self._KEPT.split(message)
        letters = sum(len(part) for part in parts[::2])
        words = "".join(part if at % 2 else part.translate(self._ACCENTED) for at, part in enumerate(parts))
        space = message[len(message.rstrip()) :]
        return f"⟦{words.rstrip()}{'·' * round(0.3 * letters)}⟧{space}"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


def read_catalogue(file: Path) -> _gettext.GNUTranslations:
    """The messages of a language.

    Args:
        file: a gettext catalogue (.po).

    Raises:
        OSError: there is no such file.
        babel.messages.pofile.PoFileError: it is none.
    """
    # Only who speaks another language than English needs them.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with file.open("rb") as text:
        write_mo(compiled, read_po(text, locale=file.stem, abort_invalid=True))
    compiled.seek(0)
    return _gettext.GNUTranslations(compiled)


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    if code == PSEUDO:
        return _Pseudo()
    return _gettext.NullTranslations() if code == "en" else read_catalogue(LOCALE_DIRECTORY / f"{code}.po")


def translate(message: str) -> str:
    """A message in the language in use; the English message itself where there is no translation."""
    return _catalogue(language()).gettext(message) if message else ""


def translate_plural(one: str, many: str, count: int) -> str:
    """The form of a message that goes with a count, in the language in use."""
    return _catalogue(language()).ngettext(one, many, count)


def labelled(label: str, value: str) -> str:
    """A value after what it is called, “City: Bergen”; in French a space goes before the colon."""
    return translate("{label}: {value}").format(label=label, value=value)


def in_quotes(text: str) -> str:
    """A text in the quotation marks of the language."""
    return translate("“{text}”").format(text=text)


def mark(message: str) -> str:
    """Mark a message for the catalogue where it is defined; it is translated where it is shown."""
    return message


# A page writes hundreds of numbers, most of them again at every click.
@lru_cache(maxsize=10_000)
def _decimal(value: float, digits: int, locale: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=locale)).replace("-", _MINUS)


@lru_cache(maxsize=10_000)
def _percent(hundredths: str, digits: int, locale: str) -> str:
    usual = str(Locale.parse(locale).percent_formats[None].pattern)
    pattern = usual.replace("#,##0", "#,##0." + "0" * digits) if digits else usual
    return str(format_percent(Decimal(hundredths).scaleb(-2), format=pattern, locale=locale)).replace("-", _MINUS)


def number(value: float | None, digits: int = 0) -> str:
    """A number as the language writes it, rounded to ``digits`` decimals; a dash where it is unknown."""
    if value is None or isnan(value):
        return NOT_STATED
    # Adding nothing takes the sign off a minus that rounds to zero.
    return _decimal(round(float(value), digits) + 0.0, digits, _cldr())


def signed(value: float, digits: int = 0) -> str:
    """A difference as the language writes it, with its sign where it is not nothing: “+12”, “−4.3”, “0”."""
    return ("+" if round(float(value), digits) > 0 else "") + number(value, digits)


def percent(share: float | None, digits: int = 0) -> str:
    """A share between 0 and 1 as a percentage; a dash where it is unknown.

    “<1%” where it would round to nothing, “>99%” where to all.
    """
    if share is None or isnan(share):
        return NOT_STATED
    # Adding nothing takes the sign off a minus that is zero.
    share, least = float(share) + 0.0, 10.0 ** -(digits + 2)
    # Little is not nothing, and nearly all is not all.
    if 0 < share < least / 2:
        return "<" + percent(least, digits)
    if 1 - least / 2 <= share < 1:
        return ">" + percent(1 - least, digits)
    # Rounded as Babel does it: of shares there is no end, of percentages there are a hundred, most written before.
    hundredths = Decimal(str(share)).scaleb(2).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
    return _percent(str(hundredths), digits, _cldr())


def number_locale() -> dict[str, Any]:
    """How charts write numbers, as Vega's configuration takes it: a locale of d3-format."""
    locale = Locale.parse(_cldr())
    symbols = locale.number_symbols["latn"]
    return {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "grouping": [3],
        "currency": ["", ""],
        "percent": str(locale.percent_formats[None].pattern).replace("#,##0", ""),
    }


def day(value: date) -> str:
    """A date in words."""
    words = str(format_date(value, format="long", locale=_cldr()))
    # CLDR writes “1 mai” for what the French write, and say, as “1er mai”.
    return words.replace("1 ", "1er ", 1) if language() == "fr" and value.day == 1 else words


def enumeration(names: Iterable[str], kind: str = "and") -> str:
    """Names joined as the language joins them: “a, b and c” (``and``) or “a, b or c” (``or``)."""
    return str(format_list(list(names), style="or" if kind == "or" else "standard", locale=_cldr()))
