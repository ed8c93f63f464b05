"""The rows of every table of the database, made of the records of a data folder."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from babel import Locale

from icc_data.incoming.amendments import identifier_of
from icc_data.incoming.check import Data
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.reading import read_practice
from icc_data.model.records import City, Practice, row_of
from icc_data.store.snapshot_tables import days_of_entry
from icc_data.store.snapshots import Snapshot
from icc_data.store.versions import as_of_date
from icc_data.text import LIST_SEPARATOR, fold_words, slugify

Row = dict[str, Any]

THESAURUS = Path(__file__).parent / "thesaurus.csv"
# Texts that stand in many practices and are read once.
_MOST_REMEMBERED = 20_000

# The practice's lists that are terms, and the vocabulary of each.
TERM_LISTS = {
    "policy_areas": "policy_area",
    "themes": "theme",
    "target_groups": "target_group",
    "practice_types": "practice_type",
    "practice_areas": "practice_area",
}

FACET_COLUMNS = {
    "country": "countries",
    "city": "city_ids",
    "network": "city_ids",
    **{vocabulary: column for column, vocabulary in TERM_LISTS.items()},
    "documented_by": "source_kind",
}
"""The facets of the filter bar, and the column of a practice in which the values of each stand."""


def numbered_countries(cities: Sequence[City], others: Iterable[str]) -> dict[str, tuple[int, str]]:
    """The number and the code of each country, by its name.

    Args:
        cities: all of them.
        others: countries of practices.
    """
    gazetteer = Gazetteer(cities)
    codes = {city.country: city.country_code for city in cities}
    for name in others:
        country = gazetteer.country(name)
        if country is not None:
            codes.setdefault(name, country.code)
    return {name: (number, codes[name]) for number, name in enumerate(sorted(codes), start=1)}


class SearchedTexts:
    """The rows of ``practice_text``; the same places and terms come again and again, and are folded once.

    Args:
        data: the records.
        codes: of the countries, by name.
    """

    def __init__(self, data: Data, codes: Mapping[str, str]) -> None:
        self._cities = {city.city_id: city for city in data.cities}
        self._vocabulary = data.vocabulary
        french = Locale("fr").territories
        self._french = {name: str(french.get(code, "")) for name, code in codes.items()}
        self.place = lru_cache(maxsize=_MOST_REMEMBERED)(self._place_of)
        self.labels = lru_cache(maxsize=_MOST_REMEMBERED)(self._labels_of)

    def row(self, number: int, practice: Practice) -> Row:
        """The row of one practice."""
        terms = tuple(getattr(practice, column) for column in TERM_LISTS)
        return {
            "practice": number,
            "title": _joined(practice.title, practice.title_original),
            "summary": _joined(practice.summary),
            "place": self.place(practice.city_ids, practice.countries),
            "labels": self.labels(terms, practice.published_topics),
        }

    def _place_of(self, city_ids: tuple[str, ...], countries: tuple[str, ...]) -> str:
        cities = [self._cities[city_id] for city_id in city_ids]
        spellings = [name for city in cities for name in (city.name, city.local_name or "", *city.aliases)]
        return _joined(*spellings, *countries, *(self._french[name] for name in countries))

    def _labels_of(self, terms: tuple[tuple[str, ...], ...], topics: tuple[str, ...]) -> str:
        labels = [
            self._vocabulary.label(vocabulary, code, language)
            for codes, vocabulary in zip(terms, TERM_LISTS.values(), strict=True)
            for code in codes
            for language in ("en", "fr")
        ]
        return _joined(*labels, *topics)


def _joined(*parts: str | None) -> str:
    # A quoted phrase must not reach from one part into the next.
    return " / ".join(dict.fromkeys(fold_words(part) for part in parts if part))


def thesaurus_rows() -> list[Row]:
    """The words that mean the same for a search."""
    with THESAURUS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def year_columns(when_text: str | None, described_when: str | None, as_of: int) -> Row:
    """The columns of a practice that are read from its two texts on years.

    Args:
        when_text, described_when: the texts.
        as_of: the data's year.
    """
    reading = read_practice(when_text, described_when, as_of)
    period = reading.period
    return {
        "start_year": period.start_year,
        "end_year": period.end_year,
        "ongoing": period.ongoing,
        "certainty": period.certainty,
        "form": period.form,
        "when_conflict": reading.conflict,
        "known_until": period.known_until,
        "last_active_year": period.said_until(as_of),
    }


def place_columns(city_ids: Iterable[str], countries: Iterable[str], cities: Mapping[str, City]) -> Row:
    """The columns of a practice that name its places, for reading."""
    return {
        "city_names": LIST_SEPARATOR.join(cities[city_id].name for city_id in city_ids),
        "country_names": LIST_SEPARATOR.join(countries),
    }


def _practice_row(number: int, practice: Practice, cities: Mapping[str, City], as_of: int) -> Row:
    return {
        **vars(practice),
        "practice": number,
        **year_columns(practice.when_text, practice.described_when, as_of),
        **place_columns(practice.city_ids, practice.countries, cities),
        "has_page": practice.url is not None,
        "has_evidence": bool(practice.evidence_urls),
    }


Sets = Mapping[str, Mapping[tuple[str, ...], int]]


class FacetSets:
    """The numbers of the sets of values that practices have in each facet, in the order in which they come.

    Args:
        cities: by identifier.
        slugs: of the countries, by name.
        known: the sets that are numbered already, each by its values in their order, by the facet.
    """

    def __init__(self, cities: Mapping[str, City], slugs: Mapping[str, str], known: Sets | None = None) -> None:
        self._cities = cities
        self._slugs = slugs
        self._known = known or {}
        self._numbers: dict[str, dict[tuple[str, ...], int]] = {
            facet: {(): 0, **numbers} for facet, numbers in self._known.items()
        }

    def row(self, practice: Practice) -> Row:
        """The columns of a practice that say which values it has."""
        return {f"{facet}_set": self.number(facet, practice) for facet in FACET_COLUMNS}

    def number(self, facet: str, practice: Practice) -> int:
        """The number of the set that a practice has in a facet; no more of it is looked at than the facet's column."""
        held = tuple(sorted(set(self._values(facet, getattr(practice, FACET_COLUMNS[facet])))))
        numbers = self._numbers.setdefault(facet, {(): 0})
        return numbers.setdefault(held, len(numbers))

    def _values(self, facet: str, cell: Any) -> Iterable[str]:
        if facet == "country":
            return [self._slugs[name] for name in cell]
        if facet == "network":
            return [code for city_id in cell for code in self._cities[city_id].networks]
        if facet == "documented_by":
            return [cell] if cell else []
        held: Iterable[str] = cell
        return held

    def rows(self) -> Iterator[Row]:
        """The rows of ``facet_set``, without those of the sets that were numbered already."""
        for facet, numbers in self._numbers.items():
            for held, number in list(numbers.items())[1 + len(self._known.get(facet, ())) :]:
                yield from ({"facet": facet, "set": number, "value": value} for value in held)


def as_of_year(data: Data) -> int:
    """The data's as-of year: the newest year in which a practice was seen.

    Raises:
        AtlasError: no practice says when it was seen.
    """
    return as_of_date(data).year


def amendment_rows(data: Data, practices: Mapping[str, int], cities: Mapping[str, int]) -> list[Row]:
    """The corrections, each with what was published."""
    published = {
        (table, identifier_of(table, item.record)): row_of(item.record)
        for table in ("practices", "cities")
        for item in data.accepted.get(table, ())
    }
    return [
        {
            "practice": practices[one.id] if one.table == "practices" else None,
            "city": cities[one.id] if one.table == "cities" else None,
            "field": one.column,
            "published": published[one.table, one.id][one.column] or None,
            "value": one.value,
            "source": one.source,
            "amended_on": one.date,
        }
        for one in data.amendments
    ]


def tables_of(data: Data, kept: Sequence[Snapshot] = ()) -> dict[str, list[Row]]:
    """The rows of every table of the database, by the column names of ``schema.sql``.

    Args:
        data: the records.
        kept: the snapshots that tell when a practice came.
    """
    return {table: list(rows) for table, rows in rows_of(data, kept)}


def rows_of(data: Data, kept: Sequence[Snapshot]) -> Iterator[tuple[str, Iterable[Row]]]:
    """Each table with its rows, those of the large ones made one by one; the arguments of ``tables_of``."""
    published, data = data, data.amended()
    countries = numbered_countries(data.cities, (name for practice in data.practices for name in practice.countries))
    number_of = {city.city_id: number for number, city in enumerate(data.cities, start=1)}
    number_by_id = {practice.practice_id: number for number, practice in enumerate(data.practices, start=1)}
    slugs = {name: slugify(name) for name in countries}
    sets = FacetSets({city.city_id: city for city in data.cities}, slugs)
    entered = days_of_entry(kept, number_by_id, as_of_date(data))
    yield from place_tables(data, number_of, countries, slugs)
    yield from practice_tables(data, number_of, countries, sets, as_of_year(data), entered)
    yield "coding", ({**vars(c), "practice": number_by_id[c.practice_id]} for c in data.policy_area_codings)
    yield "amendment", amendment_rows(published, number_by_id, number_of)
    yield "term", [vars(term) for term in data.terms]
    yield "thesaurus", thesaurus_rows()


def practice_tables(
    data: Data,
    number_of: Mapping[str, int],
    countries: Mapping[str, tuple[int, str]],
    sets: FacetSets,
    as_of: int,
    entered: Mapping[str, date | None],
    first: int = 1,
) -> Iterator[tuple[str, Iterable[Row]]]:
    """The tables that have rows for each practice, made one by one.

    Args:
        data: the records, as amended.
        number_of: the cities.
        countries: as in ``numbered_countries``.
        sets: numbers the sets of values; its rows are among the tables.
        as_of: the data's year.
        entered: when each practice came, by its identifier.
        first: the number of the first practice.
    """
    all_practices = data.practices
    practices = partial(enumerate, all_practices, start=first)
    cities = {city.city_id: city for city in data.cities}
    texts = SearchedTexts(data, {name: code for name, (_, code) in countries.items()})
    yield (
        "practice",
        (
            {
                **_practice_row(number, practice, cities, as_of),
                **sets.row(practice),
                "added_on": entered[practice.practice_id],
            }
            for number, practice in practices()
        ),
    )
    # After the practices, whose sets they are.
    yield "facet_set", sets.rows()
    yield (
        "practice_city",
        ({"practice": number, "city": number_of[city_id]} for number, p in practices() for city_id in p.city_ids),
    )
    yield (
        "practice_country",
        ({"practice": number, "country": countries[name][0]} for number, p in practices() for name in p.countries),
    )
    yield (
        "practice_term",
        (
            {"practice": number, "vocabulary": vocabulary, "code": code, "source": "assigned"}
            for number, practice in practices()
            for column, vocabulary in TERM_LISTS.items()
            for code in getattr(practice, column)
        ),
    )
    yield "practice_text", (texts.row(number, practice) for number, practice in practices())


def place_tables(
    data: Data, number_of: Mapping[str, int], countries: Mapping[str, tuple[int, str]], slugs: Mapping[str, str]
) -> Iterator[tuple[str, Iterable[Row]]]:
    """The tables of countries, of cities, and of what is known of these.

    Args:
        data: the records, as amended.
        number_of: the cities.
        countries: as in ``numbered_countries``.
        slugs: of the countries, by name.
    """
    yield (
        "country",
        [
            {"country": number, "code": code, "slug": slugs[name], "name": name}
            for name, (number, code) in countries.items()
        ],
    )
    yield "city", [{**vars(c), "city": number_of[c.city_id], "country": countries[c.country][0]} for c in data.cities]
    yield "city_alias", [{"city": number_of[c.city_id], "alias": alias} for c in data.cities for alias in c.aliases]
    yield "city_network", [{"city": number_of[c.city_id], "code": code} for c in data.cities for code in c.networks]
    yield "index_score", [{**vars(score), "city": number_of[score.city_id]} for score in data.index_scores]
    yield "index_report", [{**vars(report), "city": number_of[report.city_id]} for report in data.index_reports]
