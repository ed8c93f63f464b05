"""What is wrong with a contribution, in the words of somebody who knows the template but not the data's files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from icc_data.errors import Problem
from icc_data.i18n import enumeration, in_quotes, language, number
from icc_data.i18n import translate as _
from icc_data.incoming.readers.headings import gathered, heading
from icc_data.incoming.readers.lists import list_hint
from icc_data.incoming.readers.table import UNCOMPUTED
from icc_data.model.columns import columns_of
from icc_data.model.gazetteer import AmbiguousPlaceError, Gazetteer, UnknownPlaceError
from icc_data.model.records import City, Practice
from icc_data.model.vocabulary import Vocabulary
from icc_data.text import nearest

_COLUMNS = {column.name: column for column in columns_of(Practice)}


def plain_reason(problem: Problem, cells: Mapping[str, str], gazetteer: Gazetteer, vocabulary: Vocabulary) -> str:
    """Why a value cannot be taken, and what may be meant instead.

    Args:
        problem: as a reader told it, with the column of practices.csv.
        cells: the row in which it stands, as in its file.
        gazetteer: the network's cities.
        vocabulary: the closed lists.

    Returns:
        A part of a sentence to stand behind the value; the reader's own where there is nothing plainer to say.
    """
    column = _COLUMNS.get(problem.column)
    if column is None:
        return problem.reason
    if problem.code == UNCOMPUTED:
        return _("is a formula without its result: write the result, or open and save the file in Excel.")
    if column.name == "title" and not problem.value:
        return _("is required: say what the practice is called.")
    if column.name == "city_ids" and problem.value:
        city, words = read_place(problem.value, gathered(cells).get("countries", ""), gazetteer)
        return problem.reason if city else _parted(problem, words, gazetteer, vocabulary)
    if column.kind.vocabulary:
        name = column.kind.vocabulary
        terms = [vocabulary.label(name, code, language()) for code in vocabulary.codes(name)]
        sentence = _("is not in the list “{list}”.").format(list=heading(column.name, language()))
        meant = list_hint(column.name, problem.value, gazetteer, vocabulary) or _meant(problem.value, terms)
        return f"{sentence} {meant or _('It has: {terms}.').format(terms=', '.join(terms))}"
    return problem.reason


def _parted(problem: Problem, words: str, gazetteer: Gazetteer, vocabulary: Vocabulary) -> str:
    hint = list_hint(problem.column, problem.value, gazetteer, vocabulary)
    return f"{_('is not a city of the network.')} {hint}" if hint else words


def not_a_country(text: str, gazetteer: Gazetteer) -> str:
    """Why a text is no country, with the countries of the network that may be meant."""
    countries = list(dict.fromkeys(city.country for city in gazetteer.cities))
    return f"{_('is not a country.')} {_meant(text, countries) or _('Write its English name.')}"


def read_place(text: str, countries: str, gazetteer: Gazetteer) -> tuple[City | None, str]:
    """Find the city that somebody means.

    Args:
        text: the place as written.
        countries: the countries written beside it, separated by “; ”; a single one must be the city's.
        gazetteer: the network's cities.

    Returns:
        The city, and how its name was read where a spelling had to be corrected; or None and why there is no such
        city, with the cities or GeoNames places that may be meant.
    """
    named = [part for part in map(str.strip, countries.split(";")) if part]
    country = gazetteer.country(named[0]) if len(named) == 1 else None
    try:
        match = gazetteer.resolve(text, country.code if country else None)
    except AmbiguousPlaceError as error:
        places = [in_quotes(f"{city.name}, {city.country}") for city in error.candidates]
        return None, _("may be any of: {places}. Write the one that is meant.").format(places="; ".join(places))
    except UnknownPlaceError as error:
        return None, _unknown_place(text, error, gazetteer)
    return match.city, _("“{text}” is read as {city}.").format(text=text, city=match.read_as) if match.read_as else ""


def _unknown_place(text: str, error: UnknownPlaceError, gazetteer: Gazetteer) -> str:
    sentences = [_("is not a city of the network.")]
    elsewhere = [f"{city.name}, {city.country}" for city in gazetteer.named(text)]
    if elsewhere:
        sentences = [_("is not in that country: the network has {cities}.").format(cities=enumeration(elsewhere))]
    elif error.suggestions:
        sentences.append(_("Names that look alike: {names}.").format(names=", ".join(error.suggestions)))
    if error.offers:
        places = [
            _("{name} in {country} ({count} residents)").format(
                name=offer.name, country=offer.where, count=number(offer.population)
            )
            for offer in error.offers[:3]
        ]
        sentences.append(_("GeoNames knows {places}.").format(places=enumeration(places)))
    if not elsewhere:
        sentences.append(
            _("If it is new to the network, leave the city empty, give the country, and name it in the summary.")
        )
    return " ".join(sentences)


def _meant(text: str, words: Sequence[str]) -> str:
    near = nearest(text, {word: (word,) for word in words}, limit=2)
    return _("Did you mean {words}?").format(words=enumeration(map(in_quotes, near), "or")) if near else ""
