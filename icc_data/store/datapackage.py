"""The whole tables as files for other programs: CSV, Parquet and Table Schemas, in a Data Package.

Everything is derived from what a valid record is (``records.py``) and from the files of data/. The two standards are
those of https://datapackage.org, version 2.0: Data Package and Table Schema.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.model.columns import LIST_SEPARATOR, TEXT, YEAR, Column, Kind, columns_of
from icc_data.model.identifiers import KEYS
from icc_data.model.records import TABLES
from icc_data.model.vocabulary import Vocabulary
from icc_data.paths import DATA_DIRECTORY
from icc_data.paths import PUBLISHED as PUBLISHED
from icc_data.regular import file_bytes
from icc_data.store.build import fingerprint
from icc_data.store.derived_tables import DERIVED
from icc_data.store.large.building import is_large
from icc_data.store.large.package import large_package_tables
from icc_data.store.linked_folder import LINK, clean, fill, links_to, told
from icc_data.store.package_tables import package_tables
from icc_data.store.snapshots import name_of, snapshot_folders, snapshots

DESCRIPTOR = "datapackage.json"
# What stands beside the tables in data/ and goes along with them.
TEXTS = ("LICENSE.md", "README.md", "CHANGELOG.md")
FORMATS = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}

_PROFILES = "https://datapackage.org/profiles/2.0"
# By the name of a column's kind: the type in Table Schema; every other kind is a text.
_TYPES = {"whole number": "integer", "number": "number", "date": "date"}
_LICENCES = [
    {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Creative Commons Attribution 4.0: summaries, definitions, translations, codes, GeoNames coordinates",
    },
    {"path": "LICENSE.md", "title": "The terms by origin; all else is facts, quoted with their source"},
]
_SOURCES = [
    {"title": "Council of Europe, Intercultural Cities programme", "path": "https://www.coe.int/interculturalcities"},
    {"title": "The pages that each row names in evidence_urls or evidence_url"},
    {"title": "GeoNames", "path": "https://www.geonames.org/"},
]

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Publication:
    """What publishing did: the files at their stable names, and whether they were up to date already."""

    files: tuple[Path, ...]
    skipped: bool


def _constraints(kind: Kind, vocabulary: Vocabulary) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if kind.pattern:
        limits["pattern"] = f"^({kind.pattern})$"
    if kind.choices or kind.vocabulary:
        limits["enum"] = list(kind.choices or vocabulary.codes(kind.vocabulary))
    if kind.low is not None:
        limits["minimum"] = kind.low
    if kind.high is not None:
        limits["maximum"] = kind.high
    return limits


def _reference(kind: Kind) -> dict[str, Any]:
    resource, field = kind.refers.split(".")
    return {"resource": resource, "fields": [field]}


def _field(column: Column, key: Sequence[str], vocabulary: Vocabulary) -> dict[str, Any]:
    kind = column.kind
    type_ = "year" if kind is YEAR else _TYPES.get(kind.name, "string")
    field: dict[str, Any] = {
        "name": column.name,
        "type": "list" if column.many else type_,
        "format": "default",
        "description": column.description + ("" if column.expects == TEXT.expects else f" Valid: {column.expects}."),
    }
    limits = _constraints(kind, vocabulary)
    if column.many:
        # What holds for each part has no place in the standard, whose constraints are for the list as a whole.
        parts = {"constraints": limits} if limits else {}
        parts |= {"reference": _reference(kind)} if kind.refers else {}
        field |= {"delimiter": LIST_SEPARATOR, "itemType": type_} | ({"items": parts} if parts else {})
        limits = {}
    if column.required:
        limits["required"] = True
    if (column.name,) == tuple(key):
        limits["unique"] = True
    return field | ({"constraints": limits} if limits else {})


def table_schema(table: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """The Table Schema of a table, for its CSV and its Parquet file.

    Args:
        table: a key of ``records.TABLES``.
        vocabulary: the closed lists, whose codes are the only valid ones of their columns.

    Returns:
        The schema as plain values for JSON. A list in a cell has the type ``list``; what holds for each of its parts
        stands in the field's own property ``items`` (``constraints``, ``reference``), which is not of the standard.
    """
    columns = columns_of(TABLES[table])
    key = KEYS[table]
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(column, key, vocabulary) for column in columns],
        "missingValues": [""],
    }
    # A primary key has no empty part; a unique key may have.
    if all(column.required for column in columns if column.name in key):
        schema["primaryKey"] = list(key)
    else:
        schema["uniqueKeys"] = [list(key)]
    references = [column for column in columns if column.kind.refers and not column.many]
    if references:
        schema["foreignKeys"] = [{"fields": [c.name], "reference": _reference(c.kind)} for c in references]
    return schema


def _resource(table: str, form: str, content: bytes, rows: int) -> dict[str, Any]:
    about = DERIVED[table].about if table in DERIVED else TABLES[table].__doc__
    encoding = {"encoding": "utf-8"} if form == "csv" else {}
    # The standard's own line end is CR LF.
    dialect = {"dialect": {"lineTerminator": "\n"}} if form == "csv" and b"\r\n" not in content else {}
    return {
        "name": table if form == "csv" else f"{table}-{form}",
        "type": "table",
        "path": f"{table}.{form}",
        "description": (about or "").strip(),
        "format": form,
        "mediatype": FORMATS[form],
        **encoding,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": rows,
        **dialect,
        "schema": f"{table}.schema.json",
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def package_files(data_directory: Path = DATA_DIRECTORY) -> dict[str, bytes]:
    """Every file of the Data Package by its name, the descriptor last; the same data gives the same bytes.

    Raises:
        InvalidDataError: the data has problems.
        AtlasError: there is no such folder, or no practice says when it was seen.
    """
    made = large_package_tables(data_directory) if is_large(data_directory) else package_tables(data_directory)
    files: dict[str, bytes] = {}
    resources = []
    for name, table in made.tables.items():
        schema = DERIVED[name].schema() if name in DERIVED else table_schema(name, made.vocabulary)
        files |= {f"{name}.csv": table.csv, f"{name}.parquet": table.parquet, f"{name}.schema.json": _json(schema)}
        resources += [_resource(name, form, files[f"{name}.{form}"], table.rows) for form in FORMATS]
    texts = [data_directory / name for name in TEXTS if (data_directory / name).exists()]
    files |= {text.name: file_bytes(text) for text in texts}
    descriptor = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "intercultural-cities-atlas",
        "title": "The Intercultural Cities Atlas",
        "description": "Good practices of the cities in the Council of Europe's Intercultural Cities programme, "
        "with the cities, their published Index results, the closed lists behind the codes, what each reader coded, "
        "what was read from the year texts, and each practice with its terms and cities.",
        "version": name_of(made.version, snapshots(snapshot_folders(data_directory))),
        "created": f"{made.as_of.isoformat()}T00:00:00Z",
        "licenses": [entry for entry in _LICENCES if "://" in entry["path"] or entry["path"] in files],
        "sources": _SOURCES,
        "contributors": [{"title": "The Intercultural Cities Atlas contributors", "roles": ["creator"]}],
        "resources": resources,
    }
    return files | {DESCRIPTOR: _json(descriptor)}


def _mark(data_directory: Path) -> str:
    """A digest of all that the files are made from."""
    digest = hashlib.sha256(fingerprint(data_directory).encode())
    digest.update(installed("pyarrow").encode())
    for path in (
        Path(__file__),
        Path(__file__).with_name("derived_tables.py"),
        *(data_directory / name for name in TEXTS),
    ):
        digest.update(file_bytes(path) if path.exists() else b"")
    return digest.hexdigest()[:16]


@contextmanager
def publishing(
    data_directory: Path = DATA_DIRECTORY, target: Path = PUBLISHED, *, force: bool = False
) -> Iterator[Callable[[], Publication]]:
    """Write the Data Package beside where scripts find it, to be put there within the block.

    The files are written to a new hidden folder beside ``target``, which is a symbolic link to the newest such folder
    and moves there in one step: a reader sees the old files or the new ones, never half a file or a mixture, and a
    crash at any point leaves the old ones. Folders that are no longer linked go with a later publication, an hour or
    more after them.

    Args:
        data_directory: the CSV files.
        target: what to link to the files; is made, and so is the folder in which it lies.
        force: write even where the data has not changed since the last time.

    Yields:
        What puts the new files at ``target``, or leaves those that are up to date. Not called, the old ones stay.

    Raises:
        InvalidDataError: the data has problems; the old files stay.
        AtlasError: there is something else at ``target``, or it cannot be written.
    """
    prefix = f".{target.name}-"
    mark = f"{prefix}{_mark(data_directory)}-"
    fresh: Path | None = None
    files: dict[str, bytes] = {}
    if force or not (links_to(target, mark) and (target / DESCRIPTOR).exists()):
        with told(target):
            files = package_files(data_directory)
            fresh = _beside(target, mark, files)

    def put() -> Publication:
        if fresh is None:
            return Publication(tuple(sorted(target.iterdir())), skipped=True)
        with told(target):
            (fresh / LINK).replace(target)
            clean(target, prefix)
        _logger.info("Published the tables of %s as %s.", data_directory, target)
        return Publication(tuple(target / name for name in sorted(files)), skipped=False)

    try:
        yield put
    finally:
        if fresh is not None and not links_to(target, fresh.name):
            shutil.rmtree(fresh, ignore_errors=True)


def _beside(target: Path, mark: str, files: dict[str, bytes]) -> Path:
    prefix = f".{target.name}-"
    if os.path.lexists(target) and not links_to(target, prefix, dangling=True):
        raise AtlasError(
            _("“{folder}” is there already and was not made by this command.").format(folder=target.name),
            _("Move it away, or name another folder."),
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=mark, dir=target.parent))
    try:
        fill(fresh, files)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return fresh


def publish(data_directory: Path = DATA_DIRECTORY, target: Path = PUBLISHED, *, force: bool = False) -> Publication:
    """Write the Data Package where a script finds it: ``publishing`` in one go.

    Args:
        data_directory: the CSV files.
        target: what to link to the files; is made, and so is the folder in which it lies.
        force: write even where the data has not changed since the last time.

    Returns:
        The files below ``target``, or that nothing had to be done.

    Raises:
        InvalidDataError: the data has problems; the old files stay.
        AtlasError: there is something else at ``target``, or it cannot be written.
    """
    with publishing(data_directory, target, force=force) as put:
        return put()


def withdraw(target: Path = PUBLISHED) -> None:
    """Take away the address of published tables that are older than the data which is shown; their folder stays.

    Raises:
        AtlasError: they cannot be taken away.
    """
    if links_to(target, f".{target.name}-", dangling=True):
        with told(target):
            target.unlink()
        _logger.warning("The tables at %s are withdrawn: they are older than the database.", target)


def published(target: Path = PUBLISHED) -> dict[str, Any] | None:
    """The descriptor of the files at ``target``; None where there are none that can be read."""
    try:
        descriptor: dict[str, Any] = json.loads(file_bytes(target / DESCRIPTOR))
    except (OSError, ValueError):
        return None
    return descriptor


def text(name: str, data_directory: Path = DATA_DIRECTORY) -> str:
    """One of the texts beside the tables, such as ``LICENSE.md``; empty where it is missing."""
    path = data_directory / name
    return file_bytes(path).decode("utf-8") if path.exists() else ""
