"""Tables in CSV, Excel or JSON with the columns of the project's own files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath

from icc_data.errors import AtlasError, Problem
from icc_data.formula import restored
from icc_data.i18n import in_quotes, labelled
from icc_data.i18n import translate as _
from icc_data.incoming.readers.city_lists import as_cities
from icc_data.incoming.readers.excel_dates import date_note, day_of
from icc_data.incoming.readers.headings import column_of, columns_in, gathered, plainly_meant
from icc_data.incoming.readers.lists import list_hint
from icc_data.incoming.readers.mapping import Headings, headings, renamed
from icc_data.incoming.readers.opening import IDENTIFYING as IDENTIFYING
from icc_data.incoming.readers.opening import MOST_COLUMNS
from icc_data.incoming.readers.opening import UNCOMPUTED as UNCOMPUTED
from icc_data.incoming.readers.opening import delimiter as delimiter
from icc_data.incoming.readers.opening import open_sent_table as open_sent_table
from icc_data.incoming.readers.opening import open_table as open_table
from icc_data.incoming.readers.opening import table_name as table_name
from icc_data.incoming.readers.result import Accepted, ReadResult, Rejected
from icc_data.incoming.readers.rows import Prepared as Prepared
from icc_data.incoming.readers.rows import Row as Row
from icc_data.incoming.readers.rows import Table as Table
from icc_data.incoming.readers.scores import as_scores, pivoted
from icc_data.model.columns import LIST_SEPARATOR, columns_of
from icc_data.model.gazetteer import Gazetteer, Match
from icc_data.model.geonames import geonames
from icc_data.model.identifiers import Identifiers, identifier
from icc_data.model.period import doubts, unreadable
from icc_data.model.reading import read_practice
from icc_data.model.records import TABLES, City, Fault, Practice, RecordReader
from icc_data.model.vocabulary import Vocabulary
from icc_data.text import fold

HEADER = "header"
"""The only cell of a row that stands for the whole header where columns of it are refused."""
TABLE_SUFFIXES = (".csv", ".tsv", ".xlsx", ".json", ".jsonl")


class UnknownHeadingsError(AtlasError):
    """The headings of a table fit none of the project's tables."""


def _expected_headings() -> str:
    """Which headings a table needs, and what to do where it has others."""
    needs = "; ".join(f"{name}: {', '.join(columns)}" for name, columns in IDENTIFYING.items())
    return _(
        "Its first row has to name the columns, as the template for practices does or a file of "
        "data/. Headings by which a table is known: {needs}. Put such a first row above the rows "
        "(others may stand beside these, in any order), or copy the rows into the template."
    ).format(needs=needs)


def header_problems(file: str, header: tuple[str, ...], name: str, line: int = 1) -> list[Problem]:
    """Columns of a header, which stands in a line, that its table does not know or that stand there twice."""
    columns = {column.name: column for column in columns_of(TABLES[name])}
    problems = [
        Problem(
            file,
            line,
            cell,
            cell,
            _("is no column of {name}; expected: {columns}").format(name=name, columns=", ".join(columns)),
        )
        for cell in header
        if cell not in columns
    ]
    problems += [
        Problem(file, line, cell, cell, _("stands twice in the header: keep one"))
        for position, cell in enumerate(header)
        if cell in header[:position]
    ]
    return problems


def read_rows(
    file: str,
    table: Table,
    name: str,
    vocabulary: Vocabulary,
    prepare: Callable[[Row], Prepared] = lambda row: Prepared(row.cells),
) -> Iterator[Accepted | Rejected]:
    """Read each row of a table as a record.

    Args:
        file: the file's name, for the problems.
        table: its rows.
        name: which of the project's tables it is.
        vocabulary: the closed lists.
        prepare: turns a row as people write it into one that the record type reads.

    Yields:
        The record, or the row with every reason why it is none.
    """
    reader = RecordReader(TABLES[name], vocabulary)
    for row in table.rows:
        if row.fault:
            yield Rejected(row.line, row.cells, (Problem(file, row.line, "", "", row.fault),))
            continue
        prepared = prepare(row)
        record, faults = reader.read(prepared.cells)
        faults = _first_of_each(prepared.faults, [_with_hint(fault, vocabulary) for fault in faults])
        if record is None or faults:
            reported = _first_of_each(faults, prepared.asides)
            problems = tuple(Problem(file, row.line, f.column, f.value, f.reason, f.code) for f in reported)
            yield Rejected(row.line, row.cells, problems)
        else:
            fields = {k: v for k, v in vars(record).items() if v not in (None, ())}
            yield Accepted(record, row.line, fields, prepared.notes)


def _first_of_each(faults: Iterable[Fault], others: Iterable[Fault]) -> list[Fault]:
    """Faults, and of others those in columns that have none yet."""
    first = list(faults)
    faulty = {fault.column for fault in first}
    return [*first, *(fault for fault in others if fault.column not in faulty)]


def _with_hint(fault: Fault, vocabulary: Vocabulary, gazetteer: Gazetteer | None = None) -> Fault:
    hint = list_hint(fault.column, fault.value, gazetteer, vocabulary)
    return replace(fault, reason=f"{fault.reason}. {hint}".replace("..", ".")) if hint else fault


def _namesake(place: str, city: City) -> str:
    """A note where a city whose country nobody gave has a namesake in another country."""
    others = [offer for offer in geonames().named(place) if offer.country_code != city.country_code]
    if not others:
        return ""
    return _(
        "“{place}” taken for {city} in {country}, as no country is given and the network has no "
        "other city of that name; GeoNames knows one in {other} too: write the country if that is "
        "meant"
    ).format(place=place, city=city.name, country=city.country, other=others[0].country)


def _by_name(row: Row, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Prepared:
    """The cells with cities as identifiers and countries as the project writes them."""
    cells = dict(row.cells)
    faults: list[Fault] = []
    notes: list[str] = []
    names = _parts(cells.get("countries", ""))
    countries = [gazetteer.country(name) for name in names]
    for name, country in zip(names, countries, strict=True):
        if country is None and (hint := list_hint("countries", name, gazetteer, vocabulary)):
            faults.append(Fault("countries", name, f"{_('is not one country.')} {hint}"))
    english = (country.name if country else name for country, name in zip(countries, names, strict=True))
    cells["countries"] = LIST_SEPARATOR.join(dict.fromkeys(english))
    country_code = countries[0].code if len(countries) == 1 and countries[0] else None
    for column in ("city_ids", "city_id"):
        cities: list[City] = []
        for place in _parts(cells.get(column, "")):
            by_id = gazetteer.by_id(place)
            try:
                match = Match(by_id) if by_id else gazetteer.resolve(place, country_code)
            except AtlasError as error:
                faults.append(_with_hint(Fault(column, place, str(error)), vocabulary, gazetteer))
                continue
            cities.append(match.city)
            notes += [_("“{place}” read as {city}").format(place=place, city=match.read_as)] if match.read_as else []
            # An identifier means one city only; one that is a name as well may have been written as a name.
            if not names and (not by_id or (column == "city_ids" and fold(place) == fold(by_id.name))):
                notes += filter(None, [_namesake(place, match.city)])
        cells[column] = LIST_SEPARATOR.join(dict.fromkeys(city.city_id for city in cities))
        if column == "city_ids" and cities and not names:
            cells["countries"] = LIST_SEPARATOR.join(dict.fromkeys(city.country for city in cities))
    return Prepared(cells, tuple(_first_of_each(row.faults, faults)), notes=tuple(notes))


def _practice(row: Row, gazetteer: Gazetteer, vocabulary: Vocabulary, ids: Identifiers) -> Prepared:
    """A practice by the columns of practices.csv, with an identifier where it has none."""
    faults = tuple(replace(fault, column=column_of(fault.column)) for fault in row.faults)
    prepared = _by_name(replace(row, cells=gathered(row.cells), faults=faults), gazetteer, vocabulary)
    cells = dict(prepared.cells)
    stem = cells.get("practice_id") or identifier(cells.get("title", ""), cells.get("city_ids", ""))
    # A practice without a title is refused for that alone.
    stem = stem or "untitled"
    cells["practice_id"] = stem if prepared.faults else ids.take(stem)
    when = cells.get("when_text", "")
    cells["when_source"] = cells.get("when_source") or ("year field" if when else "")
    told = date_note(when)
    unread = "" if told else unreadable(when)
    note = told or (labelled(in_quotes(when), unread) if unread else "")
    if seen := day_of(cells.get("accessed", "")):
        reason_of_day = _("is how Excel keeps {date}: write that").format(date=seen.isoformat())
        prepared = replace(prepared, faults=(*prepared.faults, Fault("accessed", cells["accessed"], reason_of_day)))
    return replace(
        prepared,
        cells=cells,
        asides=(Fault("when_text", when, told or unread),) if note else (),
        notes=(*prepared.notes, *filter(None, [note])),
    )


def _city(row: Row) -> Prepared:
    return Prepared(row.cells, row.faults)


def _score(row: Row, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Prepared:
    """An Index result, whose policy area is a code by now or nothing that there is."""
    prepared = _by_name(row, gazetteer, vocabulary)
    area = prepared.cells.get("policy_area", "")
    if not area or area in ("overall", *vocabulary.codes("policy_area")):
        return prepared
    reason = _("expected “overall”, or the code or name of a policy area")
    return replace(prepared, faults=(*prepared.faults, Fault("policy_area", area, reason)))


def _preparation(name: str, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Callable[[Row], Prepared]:
    """How the rows of one of the project's tables, as people write them, become what its records are read from."""
    preparations: dict[str, Callable[[Row], Prepared]] = {
        "practices": partial(_practice, gazetteer=gazetteer, vocabulary=vocabulary, ids=Identifiers()),
        "cities": _city,
        "index_scores": partial(_score, gazetteer=gazetteer, vocabulary=vocabulary),
    }
    return preparations.get(name, partial(_by_name, gazetteer=gazetteer, vocabulary=vocabulary))


def _restored(row: Row) -> Row:
    return replace(row, cells={heading: restored(cell) for heading, cell in row.cells.items()})


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def read_table(
    path: Path, vocabulary: Vocabulary, gazetteer: Gazetteer, columns: Mapping[str, str] | None = None
) -> ReadResult:
    """Read a table of practices, cities, Index results or Index reports that comes from outside.

    Columns may stand in any order and be missing where they are not required. Cities may be given by name,
    terms by label, and a practice without an identifier gets one from its title. A simple list of cities is read too,
    and a wide table of scores, with a column for each policy area.

    Args:
        path: the file.
        vocabulary: the closed lists.
        gazetteer: the network's cities.
        columns: what headings of other databases mean (``mapping.said``).

    Raises:
        AtlasError: the file cannot be opened or its header fits none of the project's tables.
    """
    return read_rows_of(path.name, open_sent_table(path, headings(vocabulary, columns)), vocabulary, gazetteer)


def read_rows_of(file: str, table: Table, vocabulary: Vocabulary, gazetteer: Gazetteer) -> ReadResult:
    """Read the rows of a table that comes from outside, as ``read_table`` does with those of a file.

    Raises:
        AtlasError: the header fits none of the project's tables.
    """
    if len(table.header) > MOST_COLUMNS:
        raise AtlasError(
            _("{file} has {count} columns.").format(file=file, count=len(table.header)),
            _("Expected at most {most}.").format(most=MOST_COLUMNS),
        )
    table = pivoted(table, headings(vocabulary).areas)
    table = as_scores(table, vocabulary) or as_cities(table, gazetteer) or table
    table = renamed(table, Headings(plainly_meant(table.header)))
    header, name = _table_of(file, table)
    prepare = _preparation(name, gazetteer, vocabulary)
    # Only what passed through a spreadsheet can carry an apostrophe before a formula.
    of_json = PurePath(file).suffix.lower() in (".json", ".jsonl")
    outcomes = list(
        read_rows(file, table, name, vocabulary, prepare if of_json else lambda row: prepare(_restored(row)))
    )
    accepted = tuple(_with_period(outcome, gazetteer) for outcome in outcomes if isinstance(outcome, Accepted))
    rejected = [outcome for outcome in outcomes if isinstance(outcome, Rejected)]
    problems = tuple(header_problems(file, header, name, table.header_line))
    if problems:
        rejected.insert(0, Rejected(table.header_line, {HEADER: ", ".join(table.header)}, problems))
    return ReadResult("table", accepted, tuple(rejected), table.notes)


def _table_of(file: str, table: Table) -> tuple[tuple[str, ...], str]:
    """The columns that a table has, and which of the project's tables it is.

    Raises:
        UnknownHeadingsError: it is none of them.
    """
    header = columns_in(table.header)
    if table_name(header) == "practices":
        return header, "practices"
    # Only practices have headings in words.
    name = table_name(table.header)
    if name is None:
        raise UnknownHeadingsError(
            _("{file} has headings that do not say what the table holds (row {row} has: {headings}).").format(
                file=file, row=table.header_line, headings=", ".join(table.header) or _("nothing")
            ),
            _expected_headings(),
        )
    return table.header, name


def _with_period(accepted: Accepted, gazetteer: Gazetteer) -> Accepted:
    record = accepted.record
    if not isinstance(record, Practice):
        return accepted
    cities = [city.name for city in map(gazetteer.by_id, record.city_ids) if city]
    listed = {col.name: getattr(record, col.name) for col in columns_of(Practice) if col.many}
    seen = record.accessed.year if record.accessed else None
    period = read_practice(record.when_text, record.described_when, seen).period
    years = {name: value for name, value in period.as_dict().items() if name != "text"}
    fields = {**accepted.fields, "cities": cities, **listed, **years}
    return replace(accepted, fields=fields, notes=(*accepted.notes, *doubts(period, seen)))
