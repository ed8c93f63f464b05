"""From the CSV files of data/ to one DuckDB file, all or nothing."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from filelock import FileLock, Timeout

from icc_data import garbage
from icc_data.errors import AtlasError
from icc_data.i18n import translate
from icc_data.incoming.data_folder import table_parts
from icc_data.model.records import TABLES
from icc_data.output import refuse_no_file
from icc_data.store.database import connect_to_file
from icc_data.store.snapshots import Snapshot, snapshot_folders, snapshots

if TYPE_CHECKING:
    from hashlib import _Hash as Digest

Tell = Callable[[str], None]

# How long a build waits for another one, in seconds.
PATIENCE = 120.0
_SCRATCH = ".build-"

_logger = logging.getLogger(__name__)

PACKAGE = Path(__file__).parents[1]

# What turns the data files into the database: whole rooms, so that no rule is forgotten, and the tools they use.
RULES = ("model", "incoming", "store")
TOOLS = ("cells.py", "formula.py", "text.py")


@dataclass(frozen=True)
class Build:
    """What a build did: rows by table, and whether the file was up to date already."""

    database: Path
    rows: dict[str, int]
    skipped: bool


def untold(_: str) -> None:
    """Nobody waits for it."""


# A file of code: its name below the package, in parts, when it was last written to and how large it is.
_Rule = tuple[tuple[str, ...], int, int]


def _rules() -> Iterator[_Rule]:
    for room in RULES:
        files = sorted(_files(PACKAGE / room, (room,)))
        if not files:
            raise FileNotFoundError(f"{PACKAGE / room} holds no code")
        yield from files
    for name in TOOLS:
        state = (PACKAGE / name).stat()
        yield (name,), state.st_mtime_ns, state.st_size


def _files(folder: str | Path, name: tuple[str, ...]) -> Iterator[_Rule]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path, (*name, entry.name))
            elif entry.name.endswith((".py", ".sql", ".csv")):
                state = entry.stat()
                yield (*name, entry.name), state.st_mtime_ns, state.st_size


@lru_cache(maxsize=8)
def _digest(package: Path, rules: tuple[_Rule, ...]) -> Digest:
    # Two hundred files: read again only where one of them was written to, as each build asks several times.
    digest = hashlib.sha256()
    for name, _written, _size in rules:
        digest.update("/".join(name).encode() + package.joinpath(*name).read_bytes())
    return digest


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
    digest = _digest(PACKAGE, tuple(_rules())).copy()
    # A table that is missing is a problem of the data, and said as one when it is read.
    for table in TABLES:
        digest.update(f"{table}.csv".encode())
        for part in table_parts(directory, table):
            digest.update(part)
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


def _is_up_to_date(database: Path, directory: Path, kept: Sequence[Snapshot]) -> bool:
    stored = stored_fingerprint(database)
    return stored is not None and stored == fingerprint(directory, kept)


def build(
    directory: Path,
    database: Path,
    *,
    force: bool = False,
    kept: Sequence[Snapshot] | None = None,
    tell: Tell = untold,
) -> Build:
    """Build the database from a data folder.

    The new file is written beside the old one and takes its place in one step, so that a crash at any point
    leaves the old file as it was.

    Args:
        directory: the CSV files.
        database: the DuckDB file to write.
        force: build even where the data has not changed since the last build.
        kept: the snapshots that tell when a practice came; None for those of the folder.
        tell: is told what is done next, in words, as very many practices take a while.

    Returns:
        The rows of each table, or that nothing had to be done.

    Raises:
        InvalidDataError: the data has problems; the old database stays.
        AtlasError: the folder cannot be read, the file cannot be written, or somebody else is writing it for long.
    """
    refuse_no_file(database)
    kept = _history(directory, kept)
    if not force and _is_up_to_date(database, directory, kept):
        _sweep_unless_building(database)
        return Build(database, {}, skipped=True)
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        with _building(database):
            # Somebody else may have built it in the meantime.
            if not force and _is_up_to_date(database, directory, kept):
                return Build(database, {}, skipped=True)
            return Build(database, _replace(database, directory, kept, tell), skipped=False)
    except (OSError, duckdb.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error).partition("\n")[0]
        raise AtlasError(
            translate("{database} cannot be written: {reason}.").format(database=database, reason=reason),
            translate("Check the rights and the space on the disk, or name another file with --database."),
        ) from None


@contextmanager
def _building(database: Path) -> Iterator[None]:
    """Be the only one who builds this database; sweep up what killed builds left."""
    try:
        with FileLock(_lock_of(database), timeout=PATIENCE):
            _sweep(database)
            yield
    except Timeout:
        raise AtlasError(
            translate("Another command is building {database}, for more than {seconds} seconds now.").format(
                database=database, seconds=f"{PATIENCE:g}"
            ),
            translate("Try again when it is done."),
        ) from None


def _scratch(database: Path) -> str:
    # Another database of the folder may be built at the same time.
    return f"{_SCRATCH}{database.name}-"


def _sweep(database: Path) -> None:
    for left_over in database.parent.glob(f"{_scratch(database)}*"):
        shutil.rmtree(left_over, ignore_errors=True)


def _sweep_unless_building(database: Path) -> None:
    """Sweep up what a build left that was killed when its database had taken its place already."""
    if any(database.parent.glob(f"{_scratch(database)}*")):
        # Who may only read leaves it to who may write.
        with suppress(OSError, Timeout), FileLock(_lock_of(database), timeout=0):
            _sweep(database)


def _lock_of(database: Path) -> Path:
    return database.with_name(f".{database.name}.lock")


@garbage.not_looked_for()
def _replace(database: Path, directory: Path, kept: Sequence[Snapshot], tell: Tell) -> dict[str, int]:
    # Only here, as what makes a database takes many times as long to load as to see that nothing is new.
    from icc_data.store.making import make

    tell(translate("Reading and checking the data …"))
    with tempfile.TemporaryDirectory(
        prefix=_scratch(database), dir=database.parent, ignore_cleanup_errors=True
    ) as scratch:
        fresh = Path(scratch) / database.name
        rows = make(fresh, directory, kept, tell)
        fresh.replace(database)
    _logger.info("Built %s from %s: %d practices.", database, directory, rows["practice"])
    return rows
