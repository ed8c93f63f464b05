"""The only judge of the data: reads the files of data/ and says everything that is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, cast

from icc_data.errors import AtlasError, Problem
from icc_data.i18n import translate as _
from icc_data.incoming import amendments
from icc_data.incoming.data_folder import table_file
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.incoming.readers.opening import lines_of_table
from icc_data.incoming.readers.result import Accepted
from icc_data.incoming.readers.table import header_problems, open_table, read_rows
from icc_data.model.columns import columns_of
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.identifiers import KEYS
from icc_data.model.practice_faults import PracticeFault, practice_faults
from icc_data.model.records import (
    LATER_TABLES,
    TABLES,
    Amendment,
    City,
    IndexReport,
    IndexScore,
    PolicyAreaCoding,
    Practice,
    Record,
    Term,
)
from icc_data.model.vocabulary import VOCABULARIES, Vocabulary
from icc_data.text import fold

_NO_FIELDS: dict[str, object] = {}
RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True)
class Data:
    """All valid records of a data folder, each with the line it stands on."""

    accepted: dict[str, tuple[Accepted, ...]]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def _records(self, name: str, record_type: type[RecordT]) -> tuple[RecordT, ...]:
        return tuple(cast(RecordT, item.record) for item in self.accepted.get(name, ()))

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms, in file order."""
        return self._records("terms", Term)

    @property
    def cities(self) -> tuple[City, ...]:
        """The cities, in file order."""
        return self._records("cities", City)

    @property
    def practices(self) -> tuple[Practice, ...]:
        """The practices, in file order."""
        return self._records("practices", Practice)

    @property
    def index_scores(self) -> tuple[IndexScore, ...]:
        """The Index results, in file order."""
        return self._records("index_scores", IndexScore)

    @property
    def index_reports(self) -> tuple[IndexReport, ...]:
        """The Index reports, in file order."""
        return self._records("index_reports", IndexReport)

    @property
    def policy_area_codings(self) -> tuple[PolicyAreaCoding, ...]:
        """What each reader coded, in file order; none where the folder has no such file."""
        return self._records("policy_area_codings", PolicyAreaCoding)

    @property
    def amendments(self) -> tuple[Amendment, ...]:
        """The corrections, in file order; none where the folder has no such file."""
        return self._records("amendments", Amendment)

    def amended(self) -> Data:
        """The records with every correction laid over what was published."""
        return replace(self, accepted=amendments.laid_over(self.accepted, self.vocabulary))


def _read_table(
    directory: Path, name: str, vocabulary: Vocabulary, only: Collection[int] | None
) -> tuple[list[Accepted], list[Problem]]:
    file = f"{name}.csv"
    path = table_file(directory, name)
    if name in LATER_TABLES and not path.exists():
        return [], []
    try:
        table = open_table(path) if only is None else lines_of_table(path, only)
    except AtlasError as error:
        return [], [Problem(file, 0, "", "", str(error))]
    problems = header_problems(file, table.header, name)
    problems += [
        Problem(
            file,
            1,
            column.name,
            "",
            _("the column is missing: add it ({description})").format(description=_(column.description)),
        )
        for column in columns_of(TABLES[name])
        if column.name not in table.header and not column.later
    ]
    accepted: list[Accepted] = []
    for outcome in read_rows(file, table, name, vocabulary):
        if isinstance(outcome, Accepted):
            # What was read beside the record is for those who look at a file, and would be kept for each row.
            accepted.append(Accepted(outcome.record, outcome.line, _NO_FIELDS))
        else:
            problems += outcome.problems
    return accepted, problems


def _repeated_keys(data: Data) -> Iterator[Problem]:
    for name, key in KEYS.items():
        first: dict[tuple[object, ...], int] = {}
        for item in data.accepted.get(name, ()):
            values = tuple(getattr(item.record, column) for column in key)
            if values in first:
                key_words = ", ".join(str(value) for value in values if value is not None)
                yield Problem(
                    f"{name}.csv",
                    item.line,
                    key[0],
                    key_words,
                    _("stands on line {line} already: a record has one row, keep one").format(line=first[values]),
                )
            first.setdefault(values, item.line)


def _broken_references(data: Data) -> Iterator[Problem]:
    cities = {city.city_id for city in data.cities}
    practices = {practice.practice_id for practice in data.practices}
    no_city = _("is no city_id of cities.csv: add the city there, or correct the identifier")
    no_practice = _("is no practice_id of practices.csv: add the practice there, or correct the identifier")
    for name, column, there, reason in (
        ("practices", "city_ids", cities, no_city),
        ("index_scores", "city_id", cities, no_city),
        ("index_reports", "city_id", cities, no_city),
        ("policy_area_codings", "practice_id", practices, no_practice),
    ):
        for item in data.accepted.get(name, ()):
            value = getattr(item.record, column)
            for identifier in value if isinstance(value, tuple) else (value,):
                if identifier not in there:
                    yield Problem(f"{name}.csv", item.line, column, identifier, reason)


def _practice_problems(data: Data) -> Iterator[Problem]:
    gazetteer = Gazetteer(data.cities)
    seen: dict[tuple[str, str], int] = {}
    # The same places come again and again.
    judged: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[PracticeFault, ...]] = {}
    for item in data.accepted.get("practices", ()):
        practice = cast(Practice, item.record)

        def problem(column: str, value: str, reason: str, line: int = item.line) -> Problem:
            return Problem("practices.csv", line, column, value, reason)

        places = (practice.countries, practice.city_ids)
        if places not in judged:
            judged[places] = tuple(practice_faults(practice, gazetteer))
        for fault in judged[places]:
            yield problem(fault.column, fault.value, _country_reason(fault))
        title = fold(practice.title)
        for city in filter(None, map(gazetteer.by_id, practice.city_ids)):
            key = (title, city.city_id)
            if key in seen:
                reason = _("is the same title for the same city as on line {line}: keep one").format(line=seen[key])
                yield problem("title", practice.title, reason)
            seen.setdefault(key, item.line)
        if bool(practice.when_text) != bool(practice.when_source):
            yield problem("when_source", practice.when_source or "", _("must be given exactly where when_text is"))


def _country_reason(fault: PracticeFault) -> str:
    if fault.city:
        return _("lacks {country}, the country of its city {name}: add it").format(
            country=fault.city.country, name=fault.city.name
        )
    if fault.country:
        return _("is not a country as this project writes it: write “{name}”").format(name=fault.country.name)
    return _("is not a country as this project writes it: write the country’s English name")


def _city_problems(data: Data) -> Iterator[Problem]:
    names: dict[str, str] = {}
    first: dict[tuple[str, object], int] = {}
    for item in data.accepted.get("cities", ()):
        city = cast(City, item.record)
        if (city.latitude is None) != (city.longitude is None):
            yield Problem(
                "cities.csv",
                item.line,
                "latitude",
                "",
                _("latitude and longitude are given together or not at all"),
            )
        for column, value, key in (
            ("name", f"{city.name}, {city.country}", (fold(city.name), city.country_code)),
            ("geoname_id", str(city.geoname_id), city.geoname_id),
        ):
            line = first.setdefault((column, key), item.line)
            if line != item.line and key is not None:
                reason = _("is the place on line {line} already: keep one row, with the other’s names as aliases")
                yield Problem("cities.csv", item.line, column, value, reason.format(line=line))
        name = names.setdefault(city.country_code, city.country)
        if name != city.country:
            reason = _("elsewhere {code} is called {name}: use one name a country").format(
                code=city.country_code, name=name
            )
            yield Problem("cities.csv", item.line, "country", city.country, reason)


def _index_problems(data: Data) -> Iterator[Problem]:
    areas = {*data.vocabulary.codes("policy_area"), "overall"}
    for item in data.accepted.get("index_scores", ()):
        score = cast(IndexScore, item.record)
        if score.policy_area not in areas:
            reason = _("expected “overall” or a policy_area code of terms.csv")
            yield Problem("index_scores.csv", item.line, "policy_area", score.policy_area, reason)
        if score.rank and score.cities_compared and score.rank > score.cities_compared:
            reason = _("a rank cannot be larger than the {count} cities compared").format(count=score.cities_compared)
            yield Problem("index_scores.csv", item.line, "rank", str(score.rank), reason)


def _coding_problems(data: Data) -> Iterator[Problem]:
    readers = Counter(coding.practice_id for coding in data.policy_area_codings)
    for item in data.accepted.get("policy_area_codings", ()):
        coding = cast(PolicyAreaCoding, item.record)
        if readers[coding.practice_id] == 1:
            reason = _("has no row of reader {reader}: a practice has both readers or none").format(
                reader=3 - coding.reader
            )
            yield Problem("policy_area_codings.csv", item.line, "practice_id", coding.practice_id, reason)


def _term_problems(data: Data) -> Iterator[Problem]:
    for item in data.accepted.get("terms", ()):
        term = cast(Term, item.record)
        if term.vocabulary == "policy_area" and term.group not in data.vocabulary.codes("commitment"):
            reason = _("a policy area serves one commitment: write its code")
            yield Problem("terms.csv", item.line, "group", term.group or "", reason)
        for alias in term.aliases:
            meant = data.vocabulary.find(term.vocabulary, alias)
            if meant != term.code:
                reason = _("means the term “{code}” of this list: an alias has to mean one term").format(code=meant)
                yield Problem("terms.csv", item.line, "aliases", alias, reason)
    for name in VOCABULARIES:
        if not data.vocabulary.codes(name):
            yield Problem("terms.csv", 0, "vocabulary", name, _("the list has no term: add its terms"))


_RULES = (
    _term_problems,
    _city_problems,
    _practice_problems,
    _index_problems,
    _coding_problems,
    _repeated_keys,
    _broken_references,
)


def load_data(
    directory: Path, only: Mapping[str, Collection[int]] = MappingProxyType({})
) -> tuple[Data, list[Problem]]:
    """Read and judge a data folder.

    Args:
        directory: holds terms.csv, cities.csv, practices.csv, index_scores.csv, index_reports.csv and, where there
            are any, policy_area_codings.csv (what each reader coded) and amendments.csv (corrections).
        only: for tables of which no more is to be read than the rows that start on some lines, those lines.

    Returns:
        The valid records, and every problem in the order of files and lines.

    Raises:
        AtlasError: there is no such folder.
    """
    if not directory.is_dir():
        raise AtlasError(_("There is no data folder “{folder}”.").format(folder=directory), _("Name it with --data."))
    vocabulary = Vocabulary()
    accepted: dict[str, tuple[Accepted, ...]] = {}
    problems: list[Problem] = []
    for name in TABLES:
        items, unreadable = _read_table(directory, name, vocabulary, only.get(name))
        accepted[name] = tuple(items)
        problems += unreadable
        if name == "terms":
            vocabulary = Vocabulary.of(cast(Term, item.record).as_term() for item in items)
    data = Data(accepted, vocabulary)
    problems += [problem for rule in _RULES for problem in rule(data)]
    problems += amendments.faults(accepted, vocabulary)
    if data.amendments:
        as_amended = [problem for rule in _RULES for problem in rule(data.amended())]
        problems += amendments.blamed(as_amended, problems, accepted)
    order = list(TABLES)
    return data, sorted(problems, key=lambda p: (order.index(p.file.removesuffix(".csv")), p.line, p.column))


def valid_places(directory: Path) -> tuple[tuple[City, ...], Vocabulary]:
    """The cities of a data folder, as they were published, and its closed lists; its practices are not looked at.

    Raises:
        InvalidDataError: the tables of cities or terms have problems.
    """
    terms, problems = _read_table(directory, "terms", Vocabulary(), None)
    vocabulary = Vocabulary.of(cast(Term, item.record).as_term() for item in terms)
    cities, more = _read_table(directory, "cities", vocabulary, None)
    if problems or more:
        raise InvalidDataError([*problems, *more])
    return tuple(cast(City, item.record) for item in cities), vocabulary


def valid_data(directory: Path) -> Data:
    """The records of a data folder without problems.

    Raises:
        InvalidDataError: the folder has problems.
        AtlasError: there is no such folder.
    """
    data, problems = load_data(directory)
    if problems:
        raise InvalidDataError(problems)
    return data
