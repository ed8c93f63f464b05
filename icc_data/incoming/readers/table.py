"""Tables in CSV, Excel or JSON with the columns of the project's own files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath

from icc_data.errors import AtlasError, Problem
from icc_data.formula import restored
from icc_data.incoming.readers.excel import Formula, cell_text, excel_sheets
from icc_data.incoming.readers.files import utf8_text
from icc_data.incoming.readers.headings import column_of, columns_in, gathered
from icc_data.incoming.readers.json_text import json_entries
from icc_data.incoming.readers.result import Accepted, ReadResult, Rejected
from icc_data.incoming.readers.rows import Prepared as Prepared
from icc_data.incoming.readers.rows import Row as Row
from icc_data.incoming.readers.rows import Table as Table
from icc_data.incoming.readers.scores import as_scores, flat
from icc_data.model.columns import LIST_SEPARATOR, columns_of
from icc_data.model.gazetteer import Gazetteer, Match
from icc_data.model.identifiers import Identifiers, identifier
from icc_data.model.period import doubts, unreadable
from icc_data.model.reading import read_practice
from icc_data.model.records import TABLES, City, Fault, Practice, read_record
from icc_data.model.vocabulary import Vocabulary

_MOST_COLUMNS = 500
# The code of a cell that holds a formula without its result.
UNCOMPUTED = "uncomputed"
_UNCOMPUTED_REASON = "is a formula without its result: write the result, or open and save the file in Excel"
TABLE_SUFFIXES = (".csv", ".tsv", ".xlsx", ".json", ".jsonl")


def _known_columns() -> set[str]:
    return {column.name for record_type in TABLES.values() for column in columns_of(record_type)}


def delimiter(header: str) -> str:
    """The mark that cuts a header into the most known columns: comma, semicolon or tab."""
    columns = _known_columns()
    return max(",;\t", key=lambda mark: sum(column_of(cell.strip(' "')) in columns for cell in header.split(mark)))


def _csv_table(path: Path) -> Table:
    text = utf8_text(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text.partition("\n")[0]), strict=True)
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if not header:
                header = tuple(cell.strip() for cell in cells)
            elif any(cell.strip() for cell in cells):
                rows.append(_shaped(line, header, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        rows.append(Row(line, {}, f"cannot be read as CSV ({error}): check the quotation marks from here on"))
    return Table(header, tuple(rows))


def _shaped(line: int, header: tuple[str, ...], cells: list[str]) -> Row:
    fault = ""
    if len(cells) != len(header):
        fault = f"has {len(cells)} cells, expected {len(header)}: check commas and quotation marks"
    return Row(line, dict(zip(header, cells, strict=False)), fault)


def _excel_table(path: Path) -> Table:
    """The sheet whose first row has the most known columns."""
    columns = _known_columns()
    best = Table((), ())
    for (_, header), *rest in filter(None, map(flat, excel_sheets(path))):
        names = [cell.strip() for cell in header]
        sheet = Table(tuple(filter(None, names)), tuple(_named(number, names, cells) for number, cells in rest))
        if len(columns & set(columns_in(sheet.header))) > len(columns & set(columns_in(best.header))):
            best = sheet
    return best


def _named(number: int, names: list[str], cells: list[str]) -> Row:
    names = [*names, *[""] * max(0, len(cells) - len(names))]
    placed = list(zip(names, cells, strict=False))
    lost = [cell for name, cell in placed if cell.strip() and not name]
    formulas = [(name, cell) for name, cell in placed if name and isinstance(cell, Formula)]
    faults = [Fault(name, cell, _UNCOMPUTED_REASON, UNCOMPUTED) for name, cell in formulas]
    # JSON can write halves of a pair of characters, which no file can hold.
    halves = [(name, cell) for name, cell in placed if name and not _is_text(cell)]
    faults += [Fault(name, cell, "holds characters that are no text: write it anew") for name, cell in halves]
    if lost:
        faults.append(Fault("", "", f"has “{lost[0]}” under no heading: name its column, or empty the cell"))
    return Row(number, {name: cell for name, cell in placed if name}, faults=tuple(faults))


def _is_text(cell: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in cell)


def _json_table(path: Path) -> Table:
    rows = tuple(
        _named(number, [str(key) for key in entry], [cell_text(value) for value in entry.values()])
        if isinstance(entry, dict)
        else Row(number, {}, "is not an object with named fields")
        for number, entry in json_entries(path)
    )
    return Table(tuple(dict.fromkeys(name for row in rows for name in row.cells)), rows)


def open_table(path: Path) -> Table:
    """The rows of a CSV, Excel or JSON file with the line (or row) on which each starts.

    Raises:
        AtlasError: the file cannot be opened, or is not what its ending says.
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return _excel_table(path)
    return _json_table(path) if suffix in (".json", ".jsonl") else _csv_table(path)


# The headings that a table of each kind cannot do without.
_IDENTIFYING = {
    "practices": ("title",),
    "cities": ("city_id", "name"),
    "index_scores": ("city_id", "policy_area"),
    "index_reports": ("city_id", "year"),
    "terms": ("vocabulary", "code"),
    "policy_area_codings": ("practice_id", "reader"),
}


def table_name(header: Iterable[str]) -> str | None:
    """Which of the project's tables a header belongs to: the one that knows most of its columns.

    Returns:
        The table's name, or None where no table's identifying columns (or a practice's title) are there.
    """
    names = set(header)
    fitting = [name for name, needed in _IDENTIFYING.items() if names.issuperset(needed)]
    shares = {name: len(names & {c.name for c in columns_of(TABLES[name])}) for name in fitting}
    return max(fitting, key=lambda name: shares[name], default=None)


def _expected_headings() -> str:
    """Which headings a table needs, and what to do where it has others."""
    needs = "; ".join(f"{name}: {', '.join(columns)}" for name, columns in _IDENTIFYING.items())
    return (
        "Its first row has to name the columns, as the template for practices does or a file of data/. Headings by "
        f"which a table is known: {needs}. Put such a first row above the rows (others may stand beside these, in any "
        "order), or copy the rows into the template."
    )


def header_problems(file: str, header: tuple[str, ...], name: str) -> list[Problem]:
    """Columns of a header that its table does not know or that stand there twice."""
    columns = {column.name: column for column in columns_of(TABLES[name])}
    problems = [
        Problem(file, 1, cell, cell, f"is no column of {name}; expected: {', '.join(columns)}")
        for cell in header
        if cell not in columns
    ]
    problems += [
        Problem(file, 1, cell, cell, "stands twice in the header: keep one")
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
    for row in table.rows:
        if row.fault:
            yield Rejected(row.line, row.cells, (Problem(file, row.line, "", "", row.fault),))
            continue
        prepared = prepare(row)
        record, faults = read_record(TABLES[name], prepared.cells, vocabulary)
        faults = _first_of_each(prepared.faults, faults)
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


def _by_name(row: Row, gazetteer: Gazetteer) -> Prepared:
    """The cells with cities as identifiers and countries as the project writes them."""
    cells = dict(row.cells)
    faults: list[Fault] = []
    notes: list[str] = []
    names = _parts(cells.get("countries", ""))
    countries = [gazetteer.country(name) for name in names]
    cells["countries"] = LIST_SEPARATOR.join(
        country.name if country else name for country, name in zip(countries, names, strict=True)
    )
    country_code = countries[0].code if len(countries) == 1 and countries[0] else None
    for column in ("city_ids", "city_id"):
        cities: list[City] = []
        for place in _parts(cells.get(column, "")):
            try:
                match = Match(city) if (city := gazetteer.by_id(place)) else gazetteer.resolve(place, country_code)
            except AtlasError as error:
                faults.append(Fault(column, place, str(error)))
                continue
            cities.append(match.city)
            notes += [f"“{place}” read as {match.read_as}"] if match.read_as else []
        cells[column] = LIST_SEPARATOR.join(dict.fromkeys(city.city_id for city in cities))
        if column == "city_ids" and cities and not names:
            cells["countries"] = LIST_SEPARATOR.join(dict.fromkeys(city.country for city in cities))
    return Prepared(cells, tuple(_first_of_each(row.faults, faults)), notes=tuple(notes))


def _practice(row: Row, gazetteer: Gazetteer, ids: Identifiers) -> Prepared:
    """A practice by the columns of practices.csv, with an identifier where it has none."""
    faults = tuple(replace(fault, column=column_of(fault.column)) for fault in row.faults)
    prepared = _by_name(replace(row, cells=gathered(row.cells), faults=faults), gazetteer)
    cells = dict(prepared.cells)
    stem = cells.get("practice_id") or identifier(cells.get("title", ""), cells.get("city_ids", ""))
    # A practice without a title is refused for that alone.
    stem = stem or "untitled"
    cells["practice_id"] = stem if prepared.faults else ids.take(stem)
    when = cells.get("when_text", "")
    cells["when_source"] = cells.get("when_source") or ("year field" if when else "")
    reason = unreadable(when)
    return replace(prepared, cells=cells, asides=(Fault("when_text", when, reason),) if reason else ())


def _city(row: Row) -> Prepared:
    return Prepared(row.cells, row.faults)


def _score(row: Row, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Prepared:
    """An Index result, whose policy area is a code by now or nothing that there is."""
    prepared = _by_name(row, gazetteer)
    area = prepared.cells.get("policy_area", "")
    if not area or area in ("overall", *vocabulary.codes("policy_area")):
        return prepared
    reason = "expected “overall”, or the code or name of a policy area"
    return replace(prepared, faults=(*prepared.faults, Fault("policy_area", area, reason)))


def _preparation(name: str, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Callable[[Row], Prepared]:
    """How the rows of one of the project's tables, as people write them, become what its records are read from."""
    preparations: dict[str, Callable[[Row], Prepared]] = {
        "practices": partial(_practice, gazetteer=gazetteer, ids=Identifiers()),
        "cities": _city,
        "index_scores": partial(_score, gazetteer=gazetteer, vocabulary=vocabulary),
    }
    return preparations.get(name, partial(_by_name, gazetteer=gazetteer))


def _restored(row: Row) -> Row:
    return replace(row, cells={heading: restored(cell) for heading, cell in row.cells.items()})


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def read_table(path: Path, vocabulary: Vocabulary, gazetteer: Gazetteer) -> ReadResult:
    """Read a table of practices, cities, Index results or Index reports that comes from outside.

    Columns may stand in any order and be missing where they are not required. Cities may be given by name,
    terms by label, and a practice without an identifier gets one from its title.

    Raises:
        AtlasError: the file cannot be opened or its header fits none of the project's tables.
    """
    return read_rows_of(path.name, open_table(path), vocabulary, gazetteer)


def read_rows_of(file: str, table: Table, vocabulary: Vocabulary, gazetteer: Gazetteer) -> ReadResult:
    """Read the rows of a table that comes from outside, as ``read_table`` does with those of a file.

    Raises:
        AtlasError: the header fits none of the project's tables.
    """
    if len(table.header) > _MOST_COLUMNS:
        raise AtlasError(f"{file} has {len(table.header)} columns.", f"Expected at most {_MOST_COLUMNS}.")
    table = as_scores(table, vocabulary) or table
    header, name = _table_of(file, table)
    prepare = _preparation(name, gazetteer, vocabulary)
    # Only what passed through a spreadsheet can carry an apostrophe before a formula.
    of_json = PurePath(file).suffix.lower() in (".json", ".jsonl")
    outcomes = list(
        read_rows(file, table, name, vocabulary, prepare if of_json else lambda row: prepare(_restored(row)))
    )
    accepted = tuple(_with_period(outcome, gazetteer) for outcome in outcomes if isinstance(outcome, Accepted))
    rejected = [outcome for outcome in outcomes if isinstance(outcome, Rejected)]
    problems = tuple(header_problems(file, header, name))
    if problems:
        rejected.insert(0, Rejected(1, {"header": ", ".join(table.header)}, problems))
    return ReadResult("table", accepted, tuple(rejected))


def _table_of(file: str, table: Table) -> tuple[tuple[str, ...], str]:
    """The columns that a table has, and which of the project's tables it is.

    Raises:
        AtlasError: it is none of them.
    """
    header = columns_in(table.header)
    if table_name(header) == "practices":
        return header, "practices"
    # Only practices have headings in words.
    name = table_name(table.header)
    if name is None:
        raise AtlasError(
            f"{file} has headings that do not say what the table holds (found: {', '.join(table.header) or 'none'}).",
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
