"""Keeping what is shown up to date, whatever happens to files, disk and engine: the database and the published tables.

Anything that goes wrong on the way leaves the last good database, and a reason that names no place on the server; the
log has the whole of it.
"""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import duckdb

from icc_data.errors import AtlasError
from icc_data.i18n import mark
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.store.build import build
from icc_data.store.database import connect_to_file, open_database
from icc_data.store.datapackage import publishing, withdraw

_logger = logging.getLogger(__name__)

FULL = mark("The disk of the server is full.")
FORBIDDEN = mark("The server may not read the data files, or may not write its database.")
UNKNOWN = mark("Something unexpected went wrong while the database was built anew; the log of the server has it.")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
# DuckDB tells what the system said in words alone.
_WORDS = {os.strerror(number): number for number in (*_FULL, *_FORBIDDEN)}

_PAGE_HEADERS = 3 * 4096
# The file that was read through to its end.
_sound: set[tuple[str, int, int, int, int]] = set()


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def reason_of(error: Exception, directory: Path) -> str:
    """Why something could not be made, in words for a visitor: no place on the server is named.

    Args:
        error: what was raised.
        directory: the data folder.
    """
    if isinstance(error, InvalidDataError):
        return str(error).replace(f"{directory}{os.sep}", "")
    numbers = {cause.errno for cause in _causes(error) if isinstance(cause, OSError)}
    numbers |= {number for words, number in _WORDS.items() if words in str(error)}
    if numbers.intersection(_FULL):
        return FULL
    return FORBIDDEN if numbers.intersection(_FORBIDDEN) else UNKNOWN


def keep_current(directory: Path, database: Path, published: Path) -> str:
    """Build the database and publish the tables where the data has changed since; both take their places together.

    Args:
        directory: the CSV files.
        database: the DuckDB file.
        published: where the whole tables are found.

    Returns:
        Why the database is an older one; empty where it is not.

    Raises:
        AtlasError: there is no database and none can be built.
    """
    try:
        _make(directory, database, published)
    except InvalidDataError as error:
        first = error.problems[0] if error.problems else error
        _logger.warning("Refused the data of %s: %d problems, the first: %s", directory, len(error.problems), first)
        if not database.exists():
            raise
        return reason_of(error, directory)
    except Exception as error:
        _logger.exception("The database was not built anew.")
        if database.exists():
            return reason_of(error, directory)
        raise AtlasError(mark("There is no database, and none can be built."), reason_of(error, directory)) from None
    return ""


def open_current(directory: Path, database: Path, published: Path) -> tuple[duckdb.DuckDBPyConnection, str]:
    """Open the database after ``keep_current``.

    Returns:
        The connection, and why the database is an older one; empty where it is not.

    Raises:
        AtlasError: there is none that can be opened; in words that name no place on the server.
    """
    outdated = keep_current(directory, database, published)
    try:
        return open_database(database), outdated
    except AtlasError as error:
        _logger.exception("The database cannot be opened.")
        raise AtlasError(mark("The database cannot be opened."), reason_of(error, directory)) from None


def _make(directory: Path, database: Path, published: Path) -> None:
    with ExitStack() as stack:
        try:
            put = stack.enter_context(publishing(directory, published))
        except InvalidDataError:
            raise
        except Exception:
            # A folder that cannot be written does not stop the dashboard: the Data page gives the tables otherwise.
            _logger.exception("The tables were not published.")
            put = None
        damaged = is_damaged(database)
        if damaged:
            _logger.warning("The database is damaged: it is made anew.")
        build(directory, database, force=damaged)
        if put is None:
            with suppress(AtlasError):
                withdraw(published)
        else:
            put()


def is_damaged(database: Path) -> bool:
    """Whether a database that is there cannot be read: no database at all, or an end or a part that is missing.

    As long as the file stays what it is, it is read through once; DuckDB finds a damaged part only when it is read.
    """
    if not database.exists():
        return False
    try:
        facts = database.stat()
        state = (str(database), facts.st_ino, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_size)
        with connect_to_file(database) as connection:
            size = connection.execute("SELECT block_size * total_blocks FROM pragma_database_size()").fetchone()
            stored = connection.execute("SELECT count(*) FROM meta").fetchone()
            if state not in _sound:
                _read_through(connection)
                _sound.clear()
                _sound.add(state)
    except (duckdb.Error, OSError):
        return True
    return size is None or stored is None or database.stat().st_size < size[0] + _PAGE_HEADERS


def _read_through(connection: duckdb.DuckDBPyConnection) -> None:
    tables = connection.execute("SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
    for schema, table in tables:
        connection.table(f'"{schema}"."{table}"').aggregate("count(hash(COLUMNS(*)))").fetchall()
