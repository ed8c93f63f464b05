"""What the cells of a card or page say: countries, cities, languages, sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale

from icc_data.errors import Problem
from icc_data.i18n import translate as _
from icc_data.incoming.readers.form_words import card_languages, pattern, words
from icc_data.model.columns import URL
from icc_data.model.gazetteer import AmbiguousPlaceError, Country, Gazetteer, Match, UnknownPlaceError
from icc_data.model.period import unread_words
from icc_data.text import fold

_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """Where a card says that it comes from.

    Attributes:
        urls: the web addresses.
        accessed_text: when they were looked at, as written.
        notes: what could not be read.
    """

    urls: tuple[str, ...]
    accessed_text: str | None
    notes: tuple[str, ...]


def countries_in(text: str, gazetteer: Gazetteer) -> tuple[list[Country], list[str]]:
    """The countries that a cell names, and what in it is none."""
    bare = _WEB_ADDRESS.sub(" ", text)
    if whole := gazetteer.country(bare):
        return [whole], []
    names, countries, at = re.findall(r"[^\s,;/|()]+", bare), dict[str, Country](), 0
    left: list[str] = []
    while at < len(names):
        for size in range(min(6, len(names) - at), 0, -1):
            if country := gazetteer.country(" ".join(names[at : at + size])):
                countries[country.code] = country
                at += size
                break
        else:
            left.append(names[at])
            at += 1
    left = [word for word in left if fold(word) not in ("", *words("joining"))]
    if not countries:
        from_text = _("no country could be read from “{text}”: the practice has none").format(text=text)
        return [], [from_text if text else _("no country could be read: the practice has none")]
    if bare != text:  # Several headings share this text: the rest of it is theirs.
        return list(countries.values()), []
    stray = [word for word in left if fold(word) not in _language_names() and unread_words(word)]
    return list(countries.values()), [_("not read as a country: {text}").format(text=" ".join(stray))] if stray else []


def cities_in(
    text: str, file: str, line: int, countries: list[Country], gazetteer: Gazetteer
) -> tuple[list[Match], list[Problem]]:
    """The cities that a cell names, and those that are not known.

    Args:
        text: the cell.
        file: the file's name, for the problems.
        line: where the practice starts in it.
        countries: the countries that are named; a single one must be that of the cities.
        gazetteer: the network's cities.
    """
    code = countries[0].code if len(countries) == 1 else None
    matches: list[Match] = []
    problems: list[Problem] = []
    for name in filter(None, (part.strip() for part in re.split(r"[;,&|\n]|\s/\s", text))):
        try:
            matches.append(gazetteer.resolve(name, code))
        except (UnknownPlaceError, AmbiguousPlaceError) as error:
            problems.append(Problem(file, line, "city_ids", name, str(error)))
    return list({match.city.city_id: match for match in matches}.values()), problems


def languages_in(text: str) -> list[str]:
    """The languages of a cell, by their names as written; of a text that several headings share, the known ones."""
    bare = _WEB_ADDRESS.sub(" ", text)
    parts = [part.strip() for part in re.split(r"\s*[,;/&|]\s*|\s+(?:and|et|und|y|e|ed)\s+", bare) if part.strip()]
    if all(fold(part) in _language_names() for part in parts) or bare == text:
        return parts
    return [word for word in re.findall(r"[^\W\d_]+", bare) if fold(word) in _language_names()]


@cache
def _language_names() -> frozenset[str]:
    return frozenset(fold(str(name)) for code in card_languages() for name in Locale(code).languages.values())


@cache
def _accessed() -> re.Pattern[str]:
    return re.compile(rf"\b{pattern('accessed')}(?!\w):?", re.IGNORECASE)


def source_in(text: str) -> Source:
    """The addresses and the date of access, an address without the spaces that line breaks put into it."""
    urls, left, notes = list[str](), list[str](), list[str]()
    starts = [match.start() for match in _WEB_ADDRESS.finditer(text)]
    if not starts:
        return Source((), None, (_("no web address in the source “{text}”").format(text=text),) if text else ())
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        url, rest = _whole_address(text[start:end].split())
        left += rest
        try:
            urls.append(str(URL.parse(f"https://{url}" if url.lower().startswith("www.") else url)))
        except ValueError:
            notes.append(_("the source “{url}” is no web address: not taken").format(url=url))
    words_left = re.sub(r"[();,]", " ", " ".join(left))
    accessed = " ".join(_accessed().sub(" ", words_left).split()).strip(" :.") or None
    if accessed and unread_words(accessed):
        return Source(
            (),
            None,
            (_("the source “{text}” cannot be told apart into address and date: not taken").format(text=text),),
        )
    return Source(tuple(dict.fromkeys(urls)), accessed, tuple(notes))


def _whole_address(parts: list[str]) -> tuple[str, list[str]]:
    """An address with the pieces that a line break parted from it, and the words behind it."""
    url, rest = parts[0], parts[1:]
    while rest and not rest[0].startswith("(") and (url[-1] in "/-_.=?&%" or rest[0][0] in "/-_.=?&%#"):
        url += rest.pop(0)
    return url.rstrip(".,;)"), rest
