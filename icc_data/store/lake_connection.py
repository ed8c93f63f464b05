"""Connecting to a lake: the extensions that come as wheels, one transaction at a time, and errors in words."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache

import duckdb

from icc_data.errors import AtlasError
from icc_data.i18n import mark
from icc_data.i18n import translate as _
from icc_data.paths import sql_beside
from icc_data.settings import LAKE, POSTGRES, without_password
from icc_data.store.database import load_extension

# Seconds that a publication waits for another one, and between two tries.
PATIENCE, _PAUSE = 30.0, 0.5
# Seconds until a catalogue that does not answer counts as out of reach; milliseconds likewise, once it has answered.
_CONNECT, _SILENT = 5, 15_000

UNREACHABLE = mark("The lake in which the data is published cannot be reached.")
EMPTY = mark("Nothing is published yet in the lake from which the data is taken.")
NEWER = mark("The newest data was published by another version of the atlas, which this one cannot read.")
SPOILT = mark("What the lake holds is not what was published.")
UNUSABLE = mark("The lake in which the data is published cannot be read.")

NOTHING_YET = mark("There is nothing in the lake {address} yet.")
PUBLISH_FIRST = mark("Publish to it first: “python -m icc_data publish --to” and its address.")
_BUSY = mark("Somebody else is writing to the lake.")
_AGAIN = mark("Try again when it is done.")

# What DuckDB, DuckLake and PostgreSQL's library say, and what that means.
_MEANINGS = (
    (r"set lock on file|different configuration", _BUSY, _AGAIN, UNREACHABLE),
    (
        r"does not exist - and creating|database does not exist|Table with name publication does not exist",
        NOTHING_YET,
        PUBLISH_FIRST,
        EMPTY,
    ),
    (
        r"DATA_PATH|data path",
        mark("The lake {address} cannot be made: {reason}"),
        mark("Say with --storage where its Parquet files are to lie: a path that is the same on every machine."),
        UNUSABLE,
    ),
    (
        r"version mismatch|versions? .* supported|newer version",
        mark("The lake {address} was made by another version of DuckLake: {reason}"),
        mark("Run the same version of the atlas on all machines."),
        NEWER,
    ),
    (
        r"permission denied|read-only",
        mark("This user may not write to the lake {address}: {reason}"),
        mark("Publish as the user to whom the lake belongs."),
        UNUSABLE,
    ),
    (
        r"nable to connect|ould not connect|connection to server|closed the connection|timeout|Connection re",
        mark("The lake {address} cannot be reached: {reason}"),
        mark("See that its PostgreSQL runs, and that this machine and user may connect to it."),
        UNREACHABLE,
    ),
    (
        r"",
        mark("The lake {address} cannot be used: {reason}"),
        mark("See that the catalogue and the Parquet files are there, at the same path on every machine."),
        UNUSABLE,
    ),
)

_one_at_a_time = threading.Lock()


class LakeError(AtlasError):
    """A lake cannot be used.

    Args:
        title: what went wrong, for whoever runs the atlas.
        advice: what to do about it.
        reason: the same for a visitor, naming no place; one of the messages of this module.
    """

    def __init__(self, title: str, advice: str, reason: str) -> None:
        super().__init__(title, advice)
        self.reason = reason


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """A DuckDB for lakes alone, which fetches no extension: the two it needs take a third of a second to load."""
    still = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    connection = duckdb.connect(":memory:", config={"threads": 1, "temp_directory": "", **still})
    missing = _("What a lake needs is not installed: “make lake” installs it.")
    for name in ("ducklake", "postgres_scanner"):
        load_extension(connection, name, missing, _("What is installed for lakes does not fit DuckDB {version}."))
    return connection


def _catalogue(address: str) -> str:
    """What DuckDB is told: nobody waits for a machine that is gone, unless the address says for how long."""
    catalogue = address.removeprefix(LAKE).strip()
    if not catalogue.startswith(POSTGRES):
        return catalogue
    form, apart = ("{}={}", " ") if "://" not in catalogue else ("{}={}", "&" if "?" in catalogue else "?")
    waiting = {"connect_timeout": _CONNECT, "tcp_user_timeout": _SILENT}
    for name, limit in waiting.items():
        if name not in catalogue:
            catalogue += apart + form.format(name, limit)
            apart = apart.replace("?", "&")
    return catalogue


def quoted(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def attached(address: str, options: str = "READ_ONLY", patience: float = 0.0) -> Iterator[duckdb.DuckDBPyConnection]:
    """The lake as the database that questions are asked of, within one transaction, which ends without being kept.

    Args:
        address: the lake, as ``ducklake:postgres:dbname=atlas host=db`` or ``ducklake:`` and the file of its catalogue.
        options: of DuckLake, for attaching it.
        patience: seconds to wait for somebody else who has a catalogue in a file open.

    Raises:
        LakeError: it cannot be used; in words.
    """
    with _one_at_a_time:
        cursor = _engine().cursor()
        try:
            _attach(cursor, address, options, time.monotonic() + patience)
            cursor.execute("USE lake")
            cursor.begin()
            yield cursor
        except duckdb.Error as error:
            raise _in_words(error, address) from None
        finally:
            with suppress(duckdb.Error):
                cursor.rollback()
            cursor.close()
            _detach()


def _detach() -> None:
    """Let go of the lake; where a catalogue that is gone leaves no way to, of the engine, of which the next is new."""
    engine = _engine()
    try:
        engine.execute("DETACH DATABASE IF EXISTS lake")
    except duckdb.Error:
        _engine.cache_clear()
        engine.close()


def _attach(cursor: duckdb.DuckDBPyConnection, address: str, options: str, until: float) -> None:
    while True:
        try:
            cursor.execute(f"ATTACH {quoted(LAKE + _catalogue(address))} AS lake ({options})")
        except duckdb.IOException as error:
            if "set lock on file" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _in_words(error: duckdb.Error, address: str) -> LakeError:
    text = without_password(str(error))
    title, advice, reason = next(words for pattern, *words in _MEANINGS if re.search(pattern, text))
    # PostgreSQL's own words stand at the end, behind all that it was asked.
    told = re.sub(r'^.*(?:Unable to connect to Postgres at ".*?": |ERROR: )', "", text, flags=re.DOTALL)
    line = " ".join(told.split())[:300]
    return LakeError(_(title).format(address=without_password(address), reason=line), _(advice), reason)


@contextmanager
def alone(address: str) -> Iterator[None]:
    """Be the only one who publishes to this lake: PostgreSQL lets go of whoever is killed.

    A catalogue in a file needs nothing: DuckDB lets one process write to it.

    Raises:
        LakeError: somebody else is at it for long, or there is no such PostgreSQL.
    """
    catalogue = _catalogue(address)
    if not catalogue.startswith(POSTGRES):
        yield
        return
    gate = _engine().cursor()
    try:
        try:
            gate.execute(f"ATTACH {quoted(catalogue.removeprefix(POSTGRES))} AS gate (TYPE postgres, READ_ONLY)")
            gate.begin()
            until = time.monotonic() + PATIENCE
            while gate.execute(sql_beside(__file__, "lake_gate")).fetchone() != (1,):
                if time.monotonic() > until:
                    raise LakeError(_(_BUSY), _(_AGAIN), UNREACHABLE)
                time.sleep(_PAUSE)
        except duckdb.Error as error:
            raise _in_words(error, address) from None
        yield
    finally:
        for ending in ("ROLLBACK", "DETACH gate"):
            with suppress(duckdb.Error):
                gate.execute(ending)
        gate.close()
