"""From the CSV files of data/ to one DuckDB file, all or nothing."""

from __future__ import annotations

import csv
import hashlib
import logging
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from babel import Locale
from filelock import FileLock, Timeout

from icc_data.errors import AtlasError
from icc_data.incoming.amendments import identifier_of
from icc_data.incoming.check import Data, valid_data
from icc_data.incoming.data_folder import table_bytes
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.reading import read_practice
from icc_data.model.records import TABLES, City, Practice, row_of
from icc_data.output import refuse_no_file
from icc_data.paths import sql_beside
from icc_data.store.database import connect_to_file, load_full_text_search
from icc_data.store.snapshots import Snapshot, days_of_entry, snapshot_folders, snapshots, version_name
from icc_data.store.versions import as_of_date
from icc_data.text import fold_words, slugify

Row = dict[str, Any]

# How long a build waits for another one, in seconds.
PATIENCE = 120.0
# How often the data is read where it changes while it is read.
_READINGS = 5
_SCRATCH = ".build-"

_logger = logging.getLogger(__name__)

PACKAGE = Path(__file__).parents[1]
THESAURUS = Path(__file__).parent / "thesaurus.csv"

# What turns the data files into the database: whole rooms, so that no rule is forgotten, and the tools they use.
RULES = ("model", "incoming", "store")
TOOLS = ("cells.py", "formula.py", "text.py")

# The practice's lists that are terms, and the vocabulary of each.
TERM_LISTS = {
    "policy_areas": "policy_area",
    "themes": "theme",
    "target_groups": "target_group",
    "practice_types": "practice_type",
    "practice_areas": "practice_area",
}


@dataclass(frozen=True)
class Build:
    """What a build did: rows by table, and whether the file was up to date already."""

    database: Path
    rows: dict[str, int]
    skipped: bool


def _rules() -> Iterator[Path]:
    for room in RULES:
        files = sorted(path for path in (PACKAGE / room).rglob("*") if path.suffix in (".py", ".sql", ".csv"))
        if not files:
            raise FileNotFoundError(f"{PACKAGE / room} holds no code")
        yield from files
    yield from (PACKAGE / name for name in TOOLS)


def _history(directory: Path, kept: Sequence[Snapshot] | None) -> Sequence[Snapshot]:
    return snapshots(snapshot_folders(directory)) if kept is None else kept


def fingerprint(directory: Path, kept: Sequence[Snapshot] | None = None) -> str:
    """A digest of the data files, of the snapshots, and of the code that turns them into a database.

    Args:
        directory: the CSV files.
        kept: the snapshots that tell when a practice came; None for those of the folder.

    Raises:
        FileNotFoundError: a part of that code is not where this function looks for it.
    """
    digest = hashlib.sha256()
    for path in _rules():
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    # A table that is missing is a problem of the data, and said as one when it is read.
    for table in TABLES:
        digest.update(f"{table}.csv".encode() + table_bytes(directory, table))
    digest.update(" ".join(f"{one.id} {one.release}".strip() for one in _history(directory, kept)).encode())
    return digest.hexdigest()


def stored_fingerprint(database: Path) -> str | None:
    """The fingerprint of the data a database was built from; None without a readable database."""
    if not database.exists():
        return None
    try:
        with connect_to_file(database) as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
    except (duckdb.Error, OSError):
        return None
    return str(row[0]) if row else None


def _countries(data: Data, gazetteer: Gazetteer) -> dict[str, tuple[int, str]]:
    codes = {city.country: city.country_code for city in data.cities}
    for practice in data.practices:
        for name in practice.countries:
            country = gazetteer.country(name)
            if country is not None:
                codes.setdefault(name, country.code)
    return {name: (number, codes[name]) for number, name in enumerate(sorted(codes), start=1)}


def _text_row(number: int, practice: Practice, data: Data, names: dict[str, City], codes: dict[str, str]) -> Row:
    cities = [names[city_id] for city_id in practice.city_ids]
    spellings = [name for city in cities for name in (city.name, city.local_name or "", *city.aliases)]
    labels = [
        data.vocabulary.label(vocabulary, code, language)
        for column, vocabulary in TERM_LISTS.items()
        for code in getattr(practice, column)
        for language in ("en", "fr")
    ]

    def french(country: str) -> str:
        return str(Locale("fr").territories.get(codes[country], ""))

    def joined(*parts: str | None) -> str:
        # A quoted phrase must not reach from one part into the next.
        return " / ".join(dict.fromkeys(fold_words(part) for part in parts if part))

    return {
        "practice": number,
        "title": joined(practice.title, practice.title_original),
        "summary": joined(practice.summary),
        "place": joined(*spellings, *practice.countries, *(french(name) for name in practice.countries)),
        "labels": joined(*labels, *practice.published_topics),
    }


def _thesaurus() -> list[Row]:
    with THESAURUS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _practice_row(number: int, practice: Practice, data: Data, names: dict[str, City], as_of: int) -> Row:
    reading = read_practice(practice.when_text, practice.described_when, as_of)
    period = reading.period
    cities = [names[city_id] for city_id in practice.city_ids]
    return {
        **vars(practice),
        "practice": number,
        "start_year": period.start_year,
        "end_year": period.end_year,
        "ongoing": period.ongoing,
        "certainty": period.certainty,
        "form": period.form,
        "when_conflict": reading.conflict,
        "known_until": period.known_until,
        "last_active_year": period.said_until(as_of),
        "city_names": "; ".join(city.name for city in cities),
        "country_names": "; ".join(practice.countries),
    }


class _FacetSets:
    """The numbers of the sets of values that practices have in each facet, in the order in which they come."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[tuple[str, ...], int]] = {}

    def row(self, values: Mapping[str, Iterable[str]]) -> Row:
        """The columns of a practice that has these values by facet."""
        return {f"{facet}_set": self._number(facet, tuple(sorted(set(held)))) for facet, held in values.items()}

    def _number(self, facet: str, held: tuple[str, ...]) -> int:
        numbers = self._numbers.setdefault(facet, {(): 0})
        return numbers.setdefault(held, len(numbers))

    def rows(self) -> list[Row]:
        """The rows of ``facet_set``."""
        return [
            {"facet": facet, "set": number, "value": value}
            for facet, numbers in self._numbers.items()
            for held, number in numbers.items()
            for value in held
        ]


def _facet_values(practice: Practice, cities: Mapping[str, City], slugs: Mapping[str, str]) -> dict[str, Iterable[str]]:
    return {
        "country": [slugs[name] for name in practice.countries],
        "city": practice.city_ids,
        "network": [code for city_id in practice.city_ids for code in cities[city_id].networks],
        **{vocabulary: getattr(practice, column) for column, vocabulary in TERM_LISTS.items()},
        "documented_by": filter(None, [practice.source_kind]),
    }


def as_of_year(data: Data) -> int:
    """The data's as-of year: the newest year in which a practice was seen.

    Raises:
        AtlasError: no practice says when it was seen.
    """
    return as_of_date(data).year


def _amendment_rows(data: Data, practices: dict[str, int], cities: dict[str, int]) -> list[Row]:
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
    published, data = data, data.amended()
    countries = _countries(data, Gazetteer(data.cities))
    number_of = {city.city_id: number for number, city in enumerate(data.cities, start=1)}
    cities = {city.city_id: city for city in data.cities}
    practices = list(enumerate(data.practices, start=1))
    number_by_id = {practice.practice_id: number for number, practice in practices}
    as_of = as_of_year(data)
    entered = days_of_entry(kept, (practice.practice_id for practice in data.practices), as_of_date(data))
    codes = {name: code for name, (_, code) in countries.items()}
    slugs = {name: slugify(name) for name in countries}
    sets = _FacetSets()
    return {
        "country": [
            {"country": number, "code": code, "slug": slugs[name], "name": name}
            for name, (number, code) in countries.items()
        ],
        "city": [{**vars(c), "city": number_of[c.city_id], "country": countries[c.country][0]} for c in data.cities],
        "city_alias": [{"city": number_of[c.city_id], "alias": alias} for c in data.cities for alias in c.aliases],
        "city_network": [{"city": number_of[c.city_id], "code": code} for c in data.cities for code in c.networks],
        "practice": [
            {
                **_practice_row(number, practice, data, cities, as_of),
                **sets.row(_facet_values(practice, cities, slugs)),
                "added_on": entered[practice.practice_id],
            }
            for number, practice in practices
        ],
        "facet_set": sets.rows(),
        "practice_city": [
            {"practice": number, "city": number_of[city_id]} for number, p in practices for city_id in p.city_ids
        ],
        "practice_country": [
            {"practice": number, "country": countries[name][0]} for number, p in practices for name in p.countries
        ],
        "term": [vars(term) for term in data.terms],
        "practice_term": [
            {"practice": number, "vocabulary": vocabulary, "code": code, "source": "assigned"}
            for number, practice in practices
            for column, vocabulary in TERM_LISTS.items()
            for code in getattr(practice, column)
        ],
        "coding": [{**vars(c), "practice": number_by_id[c.practice_id]} for c in data.policy_area_codings],
        "amendment": _amendment_rows(published, number_by_id, number_of),
        "practice_text": [_text_row(number, practice, data, cities, codes) for number, practice in practices],
        "thesaurus": _thesaurus(),
        "index_score": [{**vars(score), "city": number_of[score.city_id]} for score in data.index_scores],
        "index_report": [{**vars(report), "city": number_of[report.city_id]} for report in data.index_reports],
    }


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    if not rows:
        return
    target = connection.table(table)
    columns = {name: [_cell(row[name]) for row in rows] for name in target.columns}
    connection.from_arrow(pa.table(columns)).insert_into(table)


def _cell(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _fill(
    connection: duckdb.DuckDBPyConnection, data: Data, mark: str, kept: Sequence[Snapshot] = ()
) -> dict[str, int]:
    tables = tables_of(data, kept)
    as_of = as_of_date(data)
    meta = {
        "fingerprint": mark,
        "version": version_name(data, kept),
        "as_of_year": str(as_of.year),
        "as_of_date": as_of.isoformat(),
        "oldest_date": min((snapshot.date for snapshot in kept if snapshot.date <= as_of), default=as_of).isoformat(),
    }
    tables["meta"] = [{"key": key, "value": value} for key, value in meta.items()]
    load_full_text_search(connection)
    connection.execute(sql_beside(__file__, "schema"))
    for table, rows in tables.items():
        _insert(connection, table, rows)
    connection.execute(sql_beside(__file__, "facets"))
    connection.execute(sql_beside(__file__, "search_index"))
    return {table: len(rows) for table, rows in tables.items()}


def _write(database: Path, data: Data, mark: str, kept: Sequence[Snapshot]) -> dict[str, int]:
    with duckdb.connect(str(database)) as connection:
        rows = _fill(connection, data, mark, kept)
        connection.execute("CHECKPOINT")
    return rows


def build_in_memory(data: Data) -> duckdb.DuckDBPyConnection:
    """A database of these records that is nowhere but in memory.

    For what somebody brings along for the length of a visit: nothing of it reaches the disk. Like a database that was
    opened, it can reach no file, no network and no settings; unlike one, it can be written to, by whoever holds it.
    """
    # Without a folder for them, DuckDB keeps no rows on the disk that memory cannot hold.
    connection = duckdb.connect(":memory:", config={"temp_directory": ""})
    _fill(connection, data, "")
    connection.execute("SET threads = 1")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def build(directory: Path, database: Path, *, force: bool = False, kept: Sequence[Snapshot] | None = None) -> Build:
    """Build the database from a data folder.

    The new file is written beside the old one and takes its place in one step, so that a crash at any point
    leaves the old file as it was.

    Args:
        directory: the CSV files.
        database: the DuckDB file to write.
        force: build even where the data has not changed since the last build.
        kept: the snapshots that tell when a practice came; None for those of the folder.

    Returns:
        The rows of each table, or that nothing had to be done.

    Raises:
        InvalidDataError: the data has problems; the old database stays.
        AtlasError: the folder cannot be read, the file cannot be written, or somebody else is writing it for long.
    """
    refuse_no_file(database)
    kept = _history(directory, kept)
    if not force and stored_fingerprint(database) == fingerprint(directory, kept):
        return Build(database, {}, skipped=True)
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        with _building(database):
            # Somebody else may have built it in the meantime.
            if not force and stored_fingerprint(database) == fingerprint(directory, kept):
                return Build(database, {}, skipped=True)
            return Build(database, _replace(database, directory, kept), skipped=False)
    except (OSError, duckdb.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error).partition("\n")[0]
        raise AtlasError(
            f"{database} cannot be written: {reason}.",
            "Check the rights and the space on the disk, or name another file with --database.",
        ) from None


@contextmanager
def _building(database: Path) -> Iterator[None]:
    """Be the only one who builds this database; sweep up what killed builds left."""
    try:
        with FileLock(database.with_name(f".{database.name}.lock"), timeout=PATIENCE):
            for left_over in database.parent.glob(f"{_SCRATCH}*"):
                shutil.rmtree(left_over, ignore_errors=True)
            yield
    except Timeout:
        raise AtlasError(
            f"Another command is building {database}, for more than {PATIENCE:g} seconds now.",
            "Try again when it is done.",
        ) from None


def _replace(database: Path, directory: Path, kept: Sequence[Snapshot]) -> dict[str, int]:
    mark, data = _consistent(directory, kept)
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=database.parent, ignore_cleanup_errors=True) as scratch:
        fresh = Path(scratch) / database.name
        rows = _write(fresh, data, mark, kept)
        fresh.replace(database)
    _logger.info("Built %s from %s: %d practices.", database, directory, rows["practice"])
    return rows


def _consistent(directory: Path, kept: Sequence[Snapshot]) -> tuple[str, Data]:
    """The data and its fingerprint, of one moment: read again where somebody changed the files meanwhile."""
    for _ in range(_READINGS):
        mark = fingerprint(directory, kept)
        try:
            data = valid_data(directory)
        except AtlasError:
            if fingerprint(directory, kept) == mark:
                raise
            continue
        if fingerprint(directory, kept) == mark:
            return mark, data
    raise AtlasError(f"The data in “{directory}” changes all the time.", "Try again when nobody writes to it.")
