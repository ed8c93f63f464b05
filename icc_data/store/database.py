"""Opening the database: read-only, locked down, with full-text search that needs no network."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
import threading
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import duckdb

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.regular import NO_FILE

_opening = threading.Lock()


def load_extension(connection: duckdb.DuckDBPyConnection, name: str, missing: str, unfitting: str) -> None:
    """Load an extension of DuckDB from the file inside its wheel; DuckDB verifies its signature.

    Args:
        connection: any.
        name: of the extension.
        missing: what to say where its wheel is missing.
        unfitting: likewise where it belongs to another ``{version}`` of DuckDB.

    Raises:
        AtlasError: the wheel is missing or belongs to another version of DuckDB.
    """
    package = f"duckdb-extension-{name.replace('_', '-')}"
    advice = f"Install {package}=={duckdb.__version__}."
    try:
        files = distribution(package).files or []
    except PackageNotFoundError:
        raise AtlasError(missing, advice) from None
    path = next((file.locate() for file in files if file.name == f"{name}.duckdb_extension"), None)
    if path is None or f"v{duckdb.__version__}" not in str(path):
        raise AtlasError(unfitting.format(version=duckdb.__version__), advice)
    escaped = str(path).replace("'", "''")
    connection.execute(f"LOAD '{escaped}'")


def load_full_text_search(connection: duckdb.DuckDBPyConnection) -> None:
    """Load DuckDB's fts extension from the file inside its wheel.

    Raises:
        AtlasError: the wheel is missing or belongs to another version of DuckDB.
    """
    unfitting = _("Full-text search does not fit DuckDB {version}.")
    load_extension(connection, "fts", _("Full-text search is not installed."), unfitting)


def connect_to_file(database: Path) -> duckdb.DuckDBPyConnection:
    """Connect to a database for reading; DuckDB would wait for a pipe until somebody writes to it.

    Raises:
        OSError: it is a pipe or a device.
        duckdb.Error: it cannot be opened.
    """
    _refuse_pipe(database)
    return duckdb.connect(str(database), read_only=True)


def _refuse_pipe(database: Path) -> None:
    if database.exists() and not database.is_file() and not database.is_dir():
        raise OSError(errno.EINVAL, NO_FILE)


def _copy_for_me(database: Path, alias: Path) -> None:
    """Copy a database to a file of this user, made now: nobody else may have put a link there, or write to it."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(alias, flags, 0o600), "wb") as copy, database.open("rb") as built:
        shutil.copyfileobj(built, copy)


def _temporary_files() -> Path:
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        return Path()


@contextlib.contextmanager
def _alias(database: Path, name: str) -> Iterator[Path]:
    """Another path to a database, for as long as it takes to open it.

    Where the database's folder is somebody else's, it is that of a copy among the temporary files; where there are none
    either, the database goes by its own name.
    """
    for alias, make in (
        (database.with_name(name), os.link),
        (_temporary_files() / name, _copy_for_me),
    ):
        try:
            alias.unlink(missing_ok=True)
            make(database, alias)
        except (OSError, NotImplementedError):
            with contextlib.suppress(OSError):
                alias.unlink(missing_ok=True)
            continue
        try:
            yield alias
        finally:
            with contextlib.suppress(OSError):
                alias.unlink()
        return
    yield database


def _connect(database: Path) -> duckdb.DuckDBPyConnection:
    """Connect under a name that only this build of the database has.

    Within one process DuckDB knows an open file by its path: under its own name, a database that was built anew
    while somebody had the old one open would still answer with the old rows. The name is this process's own and there
    only while it is opened, by one thread at a time.
    """
    built = database.stat()
    if not stat.S_ISREG(built.st_mode):
        return connect_to_file(database)
    with _alias(database, f".{database.name}-{built.st_ino}-{built.st_mtime_ns}-{os.getpid()}") as path:
        return duckdb.connect(str(path), read_only=True)


def open_beneath(database: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory with another below it, named ``published``, which can only be read.

    For what is laid over a database without changing it. Whoever fills it locks it then (``lock_memory``).

    Args:
        database: as ``open_database`` takes it; it may be open already, as often as anybody likes.

    Raises:
        AtlasError: it cannot be read.
    """
    # Without a folder for them, DuckDB keeps no rows on the disk that memory cannot hold.
    connection = duckdb.connect(":memory:", config={"temp_directory": "", "threads": 1})
    load_full_text_search(connection)
    try:
        _refuse_pipe(database)
        # A database in memory knows of no other's files: one that was built anew needs no other name here.
        escaped = str(database).replace("'", "''")
        connection.execute(f"ATTACH '{escaped}' AS published (READ_ONLY)")
    except (duckdb.Error, OSError) as error:
        raise _unreadable(database, error) from None
    return connection


def lock_memory(connection: duckdb.DuckDBPyConnection) -> None:
    """Bar files, the network and any change of settings for a database in memory, for good; it can be written to."""
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _unreadable(database: Path, error: Exception) -> AtlasError:
    return AtlasError(
        _("{database} cannot be read: {error}").format(database=database, error=error),
        _("Build it again with --force."),
    )


def lock_down(connection: duckdb.DuckDBPyConnection, **settings: int | str | bool) -> None:
    """Load full-text search, then bar other files, the network and any change of settings, for good.

    Args:
        connection: to a database that was opened read-only.
        settings: DuckDB settings to make before; they hold for everybody who has this file open in this process.
    """
    load_full_text_search(connection)
    for name, value in {**settings, "enable_external_access": False, "lock_configuration": True}.items():
        connection.execute(f"SET {name} = '{value}'")


def _locked_down(database: Path) -> duckdb.DuckDBPyConnection:
    connection = _connect(database)
    # Within one process DuckDB opens a file once: it is locked down already where somebody else has it open.
    if connection.execute("SELECT current_setting('lock_configuration')").fetchone() != (True,):
        # Small questions: a second thread costs more than it brings, and other people wait for it.
        lock_down(connection, threads=1)
    return connection


def open_database(database: Path) -> duckdb.DuckDBPyConnection:
    """Open a database for questions only.

    Returns:
        A connection that can read this file and nothing else: no other files, no network, no settings, no
        writes. Each thread takes its own ``cursor()``.

    Raises:
        AtlasError: there is no such database, or it cannot be read.
    """
    if not database.exists():
        raise AtlasError(
            _("There is no database “{database}”.").format(database=database),
            _("Make it with “python -m icc_data build”."),
        )
    try:
        with _opening:
            return _locked_down(database)
    except (duckdb.Error, OSError) as error:
        raise _unreadable(database, error) from None
