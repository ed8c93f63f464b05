"""What a valid record is: practices, cities, Index results and reports, terms, each reader's codes, corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, TypeVar

from icc_data.i18n import translate as _
from icc_data.model.columns import (
    AT_LEAST,
    CODE,
    COUNTRY_CODE,
    DATE,
    DESCRIBED_WHEN,
    SLUG,
    TEXT,
    URL,
    YEAR,
    Column,
    column,
    columns_of,
    decimal,
    one_of,
    reference,
    term_of,
    whole_number,
)
from icc_data.model.vocabulary import VOCABULARIES, Vocabulary, VocabularyTerm

PEOPLE = whole_number(1, 50_000_000)
PERCENT = decimal(0, 100)
COUNT = whole_number(1, 1000)


@dataclass(frozen=True, kw_only=True)
class Practice:
    """A good practice published by the programme."""

    practice_id: str = column(SLUG, "Readable, stable identifier.", required=True)
    title: str = column(TEXT, "Title in English.", required=True)
    title_original: str | None = column(TEXT, "The published title when it was not English.")
    city_ids: tuple[str, ...] = column(reference("cities.city_id"), "Cities that carry the practice.", many=True)
    countries: tuple[str, ...] = column(TEXT, "Countries, by their English names.", many=True)
    when_text: str | None = column(TEXT, "The year or period as published.")
    when_source: str | None = column(one_of("year field", "description"), "Where the year text stood.")
    described_when: str | None = column(
        DESCRIBED_WHEN, "When the practice itself began, ran or took place, as its title or text says.", later=True
    )
    summary: str | None = column(TEXT, "What the practice is, in a sentence or two.")
    policy_areas: tuple[str, ...] = column(term_of("policy_area"), "Policy areas of the Index.", many=True)
    policy_area_coding: str | None = column(
        one_of("agreed", "disputed"), "Whether two independent readers shared a policy area."
    )
    published_topics: tuple[str, ...] = column(TEXT, "Topics that the page itself printed.", many=True)
    themes: tuple[str, ...] = column(term_of("theme"), "Themes across policy areas.", many=True)
    target_groups: tuple[str, ...] = column(term_of("target_group"), "Whom it addresses (practice card).", many=True)
    practice_types: tuple[str, ...] = column(term_of("practice_type"), "What form it takes (practice card).", many=True)
    practice_areas: tuple[str, ...] = column(term_of("practice_area"), "Area of life (practice card).", many=True)
    source_kind: str | None = column(
        one_of("programme", "report_copy", "network", "city"),
        "A page of the Council of Europe, a copy of one of its documents, a page of a national network, or what a city "
        "sent.",
    )
    url: str | None = column(URL, "The practice's own page.")
    evidence_urls: tuple[str, ...] = column(URL, "Where it was seen.", many=True)
    accessed: date | None = column(DATE, "When it was seen.")
    confidence: str | None = column(one_of("high", "low"), "Low where only a title or a line was known.")


@dataclass(frozen=True, kw_only=True)
class City:
    """A city (or borough, canton, union, region) of the network, or named in its practices."""

    city_id: str = column(SLUG, "Readable, stable identifier.", required=True)
    name: str = column(TEXT, "Name in English.", required=True)
    local_name: str | None = column(TEXT, "Name in the city's own languages, separated by “ / ”.")
    aliases: tuple[str, ...] = column(TEXT, "Other spellings seen.", many=True)
    country_code: str = column(COUNTRY_CODE, "Country, ISO 3166-1 alpha-2.", required=True)
    country: str = column(TEXT, "Country, English name.", required=True)
    latitude: float | None = column(decimal(-90, 90), "WGS 84, degrees north.")
    longitude: float | None = column(decimal(-180, 180), "WGS 84, degrees east.")
    coordinate_source: str | None = column(one_of("geonames", "manual"), "Where the coordinates come from.")
    status: str | None = column(term_of("membership_status"), "Standing in the network, as far as a page says.")
    joined_year: int | None = column(YEAR, "Year of joining.")
    joined_note: str | None = column(TEXT, "Conflicting or qualified statements about the joining year.")
    networks: tuple[str, ...] = column(term_of("network"), "International, national and regional networks.", many=True)
    population: int | None = column(PEOPLE, "Residents, as printed by a page.")
    population_year: int | None = column(YEAR, "Year of that figure.")
    settlement_population: int | None = column(PEOPLE, "Residents of the settlement, from GeoNames.")
    geoname_id: int | None = column(whole_number(1, 100_000_000), "Identifier in GeoNames.")
    foreign_born_pct: float | None = column(PERCENT, "Residents born abroad, percent.")
    foreign_nationals_pct: float | None = column(PERCENT, "Residents with a foreign nationality, percent.")
    foreign_background_pct: float | None = column(PERCENT, "Residents of foreign background, percent.")
    diversity_year: int | None = column(YEAR, "Year of those shares.")
    strategy_year: int | None = column(YEAR, "Year of the intercultural strategy.")
    profile_url: str | None = column(URL, "The city's page on the programme's site.")
    evidence_urls: tuple[str, ...] = column(URL, "Where the facts were seen.", many=True)
    note: str | None = column(TEXT, "Remarks.")


@dataclass(frozen=True, kw_only=True)
class IndexScore:
    """One published Intercultural Cities Index result: city × edition × policy area."""

    city_id: str = column(reference("cities.city_id"), "The city.", required=True)
    year: int | None = column(YEAR, "Edition.")
    policy_area: str = column(CODE, "A policy area, or “overall”.", required=True)
    score: float | None = column(PERCENT, "Score, 0-100.")
    rank: int | None = column(COUNT, "Rank among the cities compared.")
    cities_compared: int | None = column(COUNT, "Number of cities compared.")
    quoted_in_other_report: str | None = column(one_of("yes"), "The figure stood in another city's report.")
    evidence_url: str | None = column(URL, "Where it was seen.")
    note: str | None = column(TEXT, "Remarks.")


@dataclass(frozen=True, kw_only=True)
class IndexReport:
    """One Index report known to exist, with or without a score seen."""

    city_id: str = column(reference("cities.city_id"), "The city.", required=True)
    year: int | None = column(YEAR, "Edition.")
    cities_compared: str | None = column(AT_LEAST, "Number of cities compared, “>60” where more is not said.")
    evidence_url: str | None = column(URL, "Where it was seen.")


@dataclass(frozen=True, kw_only=True)
class Term:
    """One term of a closed list."""

    vocabulary: str = column(one_of(*VOCABULARIES), "The list.", required=True)
    code: str = column(CODE, "Identifier within the list.", required=True)
    position: int = column(COUNT, "Place in the list.", required=True)
    label_en: str = column(TEXT, "English label.", required=True)
    label_fr: str | None = column(TEXT, "French label.")
    definition_en: str | None = column(TEXT, "English definition.")
    definition_fr: str | None = column(TEXT, "French definition.")
    group: str | None = column(CODE, "For a policy area: the commitment that it serves.")
    aliases: tuple[str, ...] = column(TEXT, "Earlier labels, still understood.", many=True, later=True)

    def as_term(self) -> VocabularyTerm:
        """The term as the vocabulary keeps it."""
        return VocabularyTerm(
            self.vocabulary,
            self.code,
            self.position,
            self.label_en,
            self.label_fr or "",
            self.definition_en or "",
            self.definition_fr or "",
            self.group or "",
            self.aliases,
        )


@dataclass(frozen=True, kw_only=True)
class PolicyAreaCoding:
    """The policy areas that one of two independent readers gave a practice."""

    practice_id: str = column(reference("practices.practice_id"), "The practice.", required=True)
    reader: int = column(whole_number(1, 2), "Which of the two readers.", required=True)
    policy_areas: tuple[str, ...] = column(term_of("policy_area"), "The policy areas that this reader gave.", many=True)


# Two of its columns have the names of what columns are made with.
_Day: TypeAlias = date
_column = column


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """One cell that is known better than it was published: what holds instead, after which source."""

    table: str = _column(one_of("practices", "cities"), "The table.", required=True)
    id: str = _column(SLUG, "The practice_id or city_id of the record.", required=True)
    column: str = _column(TEXT, "The column of the cell; not the identifier.", required=True)
    value: str | None = _column(TEXT, "What the cell has to hold; empty where nothing holds.")
    source: str = _column(TEXT, "Where that is known from: an address, or who said so.", required=True)
    date: _Day = _column(DATE, "When it was amended.", required=True)


Record = Practice | City | IndexScore | IndexReport | Term | PolicyAreaCoding | Amendment
RecordT = TypeVar("RecordT", bound=Record)

# The file of each record type; the order in which they can be read, each needing only those before it.
TABLES: dict[str, type[Record]] = {
    "terms": Term,
    "cities": City,
    "practices": Practice,
    "index_scores": IndexScore,
    "index_reports": IndexReport,
    "policy_area_codings": PolicyAreaCoding,
    "amendments": Amendment,
}
# The files that a data folder may lack: those from before they were thought of do.
LATER_TABLES = frozenset({"policy_area_codings", "amendments"})


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell: its column, its text, the reason, and a code where others say it in other words."""

    column: str
    value: str
    reason: str
    code: str = ""


def _read_terms(col: Column, values: tuple[str, ...], vocabulary: Vocabulary) -> tuple[tuple[str, ...], list[str]]:
    codes = [vocabulary.find(col.kind.vocabulary, value) for value in values]
    unknown = [value for value, code in zip(values, codes, strict=True) if code is None]
    return tuple(code for code in codes if code is not None), unknown


def _repeated(col: Column, value: tuple[str, ...]) -> list[Fault]:
    """Codes and identifiers that a list has more than once: one of them may have been meant to be another."""
    listed = value if col.many and (col.kind.vocabulary or col.kind.refers) else ()
    twice = dict.fromkeys(part for place, part in enumerate(listed) if part in listed[:place])
    return [Fault(col.name, part, _("stands twice in its cell: keep one, or write what was meant")) for part in twice]


def read_cell(col: Column, cell: str, vocabulary: Vocabulary) -> tuple[Any, tuple[Fault, ...]]:
    """What stands in a cell, and what is wrong with it.

    Args:
        col: its column.
        cell: its text.
        vocabulary: the closed lists.
    """
    try:
        value = col.parse(cell)
    except ValueError:
        return None, (Fault(col.name, cell, _("expected {form}").format(form=col.in_words())),)
    faults = []
    if col.required and value is None:
        faults.append(Fault(col.name, "", _("is required: write {form}").format(form=col.in_words())))
    if col.kind.vocabulary and value:
        codes, unknown = _read_terms(col, value if col.many else (value,), vocabulary)
        faults += [Fault(col.name, text, _("expected {form}").format(form=col.kind.in_words())) for text in unknown]
        value = codes if col.many else next(iter(codes), None)
    return value, (*faults, *_repeated(col, value or ()))


class RecordReader:
    """Reads rows as records of one type, each text of a column once: most come again and again.

    Args:
        record_type: one of those in ``TABLES``.
        vocabulary: the closed lists; a term may be given by its code or by its label.
    """

    def __init__(self, record_type: type[RecordT], vocabulary: Vocabulary) -> None:
        self._type = record_type
        self._vocabulary = vocabulary
        self._columns = [(col, col.name, _Remembered()) for col in columns_of(record_type)]

    def read(self, row: Mapping[str, str]) -> tuple[Any | None, list[Fault]]:
        """The record (None where a cell cannot be read or a required one is empty) and every fault found.

        Args:
            row: cells by column name; a missing column counts as empty.
        """
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for col, name, remembered in self._columns:
            cell = row.get(name, "")
            outcome = remembered.get(cell)
            if outcome is None:
                outcome = read_cell(col, cell, self._vocabulary)
                if len(remembered) < _MOST_REMEMBERED:
                    remembered[cell] = outcome
            values[name] = outcome[0]
            if outcome[1]:
                faults += outcome[1]
        return (None, faults) if faults else (self._type(**values), [])


# Enough for all that people choose from; of what is another text in every row, no more than this is kept.
_MOST_REMEMBERED = 20_000
_Remembered = dict[str, tuple[Any, tuple[Fault, ...]]]


def read_record(
    record_type: type[RecordT], row: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[RecordT | None, list[Fault]]:
    """Read one row as a record; the arguments and the answer are those of ``RecordReader``."""
    return RecordReader(record_type, vocabulary).read(row)


def row_of(record: Record) -> dict[str, str]:
    """The record as cells of its CSV file; ``read_record`` reads them back to an equal record."""
    return {col.name: col.text(getattr(record, col.name)) for col in columns_of(type(record))}
