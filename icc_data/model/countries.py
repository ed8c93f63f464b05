"""Names of countries as people write them, in English, five other languages and the country's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from icc_data.text import fold

LANGUAGES = ("fr", "es", "pt", "it", "de")

# Codes of CLDR that are no country: unions, pseudo-locales, parts of the ocean.
_NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}

# Names in use that CLDR does not list, or lists only as an alternative.
_VARIANTS = {
    "AE": "UAE",
    "BA": "Bosnia and Herzegovina; Bosnia-Herzegovina; Bosnia; BiH",
    "CD": "Democratic Republic of the Congo; DR Congo",
    "CI": "Ivory Coast",
    "CZ": "Czech Republic; Czechia",
    "GB": "UK; U.K.; Great Britain; Britain; England; Scotland; Wales; Cymru; Northern Ireland; United Kingdom of Great"
    " Britain and Northern Ireland; Angleterre; Grande-Bretagne; Gran Bretaña",
    "HK": "Hong Kong",
    "IE": "Republic of Ireland; Eire",
    "IR": "Islamic Republic of Iran",
    "KP": "Democratic People's Republic of Korea",
    "KR": "Republic of Korea; Korea, Republic of; Korea (Republic of); Republic of South Korea",
    "LA": "Lao People's Democratic Republic",
    "MD": "Republic of Moldova; Moldova, Republic of",
    "MK": "Macedonia; Republic of North Macedonia; FYROM; The former Yugoslav Republic of Macedonia",
    "MO": "Macao; Macau",
    "NL": "The Netherlands; Holland; Kingdom of the Netherlands",
    "PS": "Palestine; State of Palestine",
    "RU": "Russian Federation; Fédération de Russie",
    "SK": "Slovak Republic",
    "SY": "Syrian Arab Republic",
    "TR": "Turkey; Türkiye; Turkiye; Republic of Türkiye",
    "TZ": "United Republic of Tanzania",
    "US": "USA; U.S.A.; U.S.; US; United States of America",
    "VA": "Holy See; Vatican",
    "VN": "Viet Nam; Vietnam",
}


@dataclass(frozen=True)
class Country:
    """A country: its ISO 3166-1 alpha-2 code and the English name that this project uses."""

    code: str
    name: str


class Countries:
    """The countries of the world by the names people write.

    Args:
        names: the project's own English names by code; they go before those of CLDR.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._own = dict(names)

    def named(self, code: str) -> Country:
        """The country with a code, by the project's name, else CLDR's, else the code."""
        return Country(code, self._own.get(code) or _cldr().get(code, code))

    def find_english(self, text: str) -> Country | None:
        """The country with this English name or common variant, or None."""
        code = self._english.get(_key(text))
        return self.named(code) if code else None

    def find(self, text: str) -> Country | None:
        """The country with this name in English, a language of ``LANGUAGES`` or its own, or None."""
        key = _key(text)
        code = self._english.get(key) or (other_country_names().get(key) if key else None)
        return self.named(code) if code else None

    def english_names(self) -> Iterable[str]:
        """The names and variants that ``find_english`` knows, folded."""
        return self._english

    @cached_property
    def _english(self) -> dict[str, str]:
        own: dict[str, str] = {}
        for code, name in self._own.items():
            for spelling in _spellings(name):
                own.setdefault(spelling, code)
        return own | {spelling: code for spelling, code in _of_everybody().items() if spelling not in own}


# The names of CLDR are the same for all data: the readers of a hundred uploads would each fold thousands of them anew.
@cache
def _cldr() -> dict[str, str]:
    names = Locale("en").territories
    return {
        code: str(name).replace(" & ", " and ")
        for code, name in names.items()
        if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRY
    }


@cache
def _of_everybody() -> dict[str, str]:
    """The codes by the English names and variants that stand in no data."""
    variants = ((code, name) for code, names in _VARIANTS.items() for name in names.split("; "))
    codes: dict[str, str] = {}
    for code, name in (*_cldr().items(), *variants):
        for spelling in _spellings(name):
            codes.setdefault(spelling, code)
    return codes


@cache
def other_country_names() -> dict[str, str]:
    """Codes of countries by what they are called in other languages and in their own.

    Returns:
        ISO 3166-1 alpha-2 codes by the key of each spelling, from CLDR.
    """
    codes: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in _cldr():
                for spelling in _spellings(str(name)):
                    codes.setdefault(spelling, code)
    for code in _cldr():
        for name in _own_names(code):
            codes.setdefault(_key(name), code)
    return codes


def _own_names(code: str) -> Iterator[str]:
    """What a country calls itself, in each of its official languages that CLDR knows."""
    for language in get_official_languages(code, regional=True, de_facto=True):
        try:
            name = Locale.parse(language).territories.get(code)
        except UnknownLocaleError:
            continue
        if name:
            yield str(name)


def _spellings(name: str) -> Iterator[str]:
    """“Myanmar (Burma)” also as “Myanmar” and “Burma”; “Bosnia and Herzegovina” also with “&”."""
    yield _key(name)
    if inside := re.fullmatch(r"(.+?) \((.+)\)", name):
        yield from map(_key, inside.groups())
    if " and " in name:
        yield _key(name.replace(" and ", " "))


def _key(text: str) -> str:
    return fold(text).removeprefix("the ")
