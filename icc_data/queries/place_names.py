"""Names of countries in the language in use: the database holds the English ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

import pandas as pd
from babel import Locale

from icc_data.i18n import LANGUAGES, language
from icc_data.model.countries import Countries

# The columns of answers that hold names of countries: one, several with “; ” between them, or cities with theirs.
_COLUMNS = ("country", "country_name", "country_names", "cities")
_BETWEEN = "; "


def collation() -> str:
    """The order of names, as DuckDB calls it (its ICU extension): that of the language in use."""
    return language() if language() in LANGUAGES else "en"


@cache
def country_names(code: str) -> dict[str, str]:
    """What countries are called in a language, by ISO 3166-1 code; from CLDR, as Babel has it.

    Args:
        code: of the language.
    """
    return {country: str(name) for country, name in Locale.parse(code).territories.items() if len(country) == 2}


@cache
def _countries() -> Countries:
    return Countries({})


@lru_cache(maxsize=2_000)
def _named(english: str, code: str) -> str:
    country = _countries().find_english(english)
    # An identifier such as “spain” is no name: whoever asks for it finds it as it is.
    return country_names(code).get(country.code, english) if country and english[:1].isupper() else english


def _names_in(value: Any, code: str) -> Any:
    if isinstance(value, str):
        return _BETWEEN.join(_named(name, code) for name in value.split(_BETWEEN))
    return value


def _cities_in(value: Any, code: str) -> Any:
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [{**city, "country": _named(city["country"], code)} if "country" in city else city for city in value]
    return value


def with_names(frame: pd.DataFrame) -> pd.DataFrame:
    """An answer with its countries called as in the language in use.

    Args:
        frame: an answer with English names.
    """
    code = collation()
    columns = [column for column in _COLUMNS if column in frame.columns]
    if code == "en" or not columns:
        return frame
    translated = {column: [_translated(column)(value, code) for value in frame[column]] for column in columns}
    return frame.assign(**translated)


def named_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of an answer with their countries called as in the language in use.

    Args:
        rows: of an answer with English names, each by column.
    """
    code = collation()
    columns = [column for column in _COLUMNS if rows and column in rows[0]]
    if code == "en" or not columns:
        return rows
    return [row | {column: _translated(column)(row[column], code) for column in columns} for row in rows]


def _translated(column: str) -> Callable[[Any, str], Any]:
    return _cities_in if column == "cities" else _names_in
