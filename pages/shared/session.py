"""What one run of a page knows: the database, the theme and the selection. Only here is the database opened."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import streamlit as st

from icc_data import queries
from icc_data.drawing.palette import Look, look
from icc_data.errors import AtlasError
from icc_data.i18n import language
from icc_data.incoming.check import valid_places
from icc_data.incoming.data_folder import written_at
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.records import TABLES, City
from icc_data.model.vocabulary import Vocabulary
from icc_data.paths import CURRENT, DATA_DIRECTORY, DATABASE, LAKE, OLD_VERSIONS, PUBLISHED, in_copy
from icc_data.queries.asking import cursor_of
from icc_data.queries.comparison import Comparison, read_comparison
from icc_data.queries.ignored import Ignored
from icc_data.queries.selection import Options, Selection, read_city, read_selection
from icc_data.store import replica
from icc_data.store.database import open_database
from icc_data.store.lake_versions import earlier_versions, kept_versions, with_tables
from icc_data.store.old_versions import MOST_KEPT, OldVersion, old_version
from icc_data.store.snapshots import Snapshot, named, snapshot_folders
from icc_data.store.upkeep import open_current
from pages.shared.address import note_city, params
from pages.shared.navigation import ARRIVED, CITY_PAGES, FOLLOWED, pages
from pages.shared.speaking import unspoken

_elsewhere: ContextVar[Session | None] = ContextVar("session", default=None)
# The session that this run has begun with, or looks at since: Streamlit takes long to look up its own state, and a page
# asks for its session a hundred times.
_latest: ContextVar[Session | None] = ContextVar("latest session", default=None)
_SESSION = "_session"
_INSIDE = "_inside_dashboard"
_COPY = "_copy_of_lake"
# Seconds until a database that could not be built is tried again.
TRY_AGAIN = 60.0
_PINNED = "_pinned_version"
VERSION = "version"
NOW = "now"
"""What the address parameter ``version`` says of the data as it is; else it names a snapshot."""

Stamp = tuple[object, ...]


def here(place: Path) -> Path:
    """Where something of the newest data lies for this run: of a lake, in the copy with which the run began."""
    elsewhere = _elsewhere.get()
    return in_copy(place, elsewhere.copy if elsewhere else st.session_state.get(_COPY)) if LAKE else place


def data_stamp() -> tuple[int, ...]:
    """When each data file was last written and a snapshot came: changes where the database may be stale."""
    directory = here(DATA_DIRECTORY)
    return (*(written_at(directory, table) for table in TABLES), *versions_stamp())


@st.cache_resource(max_entries=2, show_spinner="Building the database…")
def _database(stamp: tuple[int, ...]) -> tuple[duckdb.DuckDBPyConnection, int, str, float]:
    """Build the database where it is missing or stale, and open it; where it cannot be built, the last good one.

    Returns:
        The connection, when the database was written, why it is an old one (empty where it is not), and when to try
        again.

    Raises:
        AtlasError: it cannot be built, and there is none.
    """
    directory, database, published = map(here, (DATA_DIRECTORY, DATABASE, PUBLISHED))
    connection, outdated = open_current(directory, database, published)
    again = time.monotonic() + TRY_AGAIN if outdated else math.inf
    return connection, database.stat().st_mtime_ns, outdated, again


def _newest_database(stamp: tuple[int, ...]) -> tuple[duckdb.DuckDBPyConnection, int, str]:
    connection, written, outdated, again = _database(stamp=stamp)
    if time.monotonic() >= again:
        # What stood in the way need not be in the data: a full disk becomes free again.
        _database.clear(stamp)
        connection, written, outdated, again = _database(stamp=stamp)
    return connection, written, outdated or replica.trouble()


@st.cache_resource(max_entries=4, show_spinner=False)
def _known_places(stamp: Stamp, directory: Path) -> tuple[tuple[City, ...], Vocabulary]:
    return valid_places(directory)


def known_cities() -> tuple[City, ...]:
    """The cities of the data that this run looks at, the same for everybody; its practices are not read for them.

    Raises:
        AtlasError: their table has problems.
    """
    session = current()
    return _known_places(session.stamp, session.directory)[0]


@st.cache_resource(max_entries=4, show_spinner=False)
def _known_names(stamp: Stamp, directory: Path) -> tuple[Gazetteer, Vocabulary]:
    cities, vocabulary = _known_places(stamp, directory)
    return Gazetteer(cities), vocabulary


def known_names() -> tuple[Gazetteer, Vocabulary]:
    """The names of the places and terms of the data that this run looks at, for reading what somebody brings.

    Raises:
        AtlasError: their tables have problems.
    """
    session = current()
    return _known_names(session.stamp, session.directory)


def newest() -> duckdb.DuckDBPyConnection:
    """The database of the newest data, whatever version this run looks at."""
    return _newest_database(data_stamp())[0].cursor()


def versions_stamp() -> tuple[int, ...]:
    """Changes where a snapshot comes or goes."""
    folders = snapshot_folders(here(DATA_DIRECTORY))
    return tuple(folder.stat().st_mtime_ns if folder.is_dir() else 0 for folder in folders)


@st.cache_data(max_entries=4, show_spinner=False)
def _snapshots(directory: Path, stamp: tuple[int, ...], read: int) -> list[Snapshot]:
    return kept_versions(directory)


def kept_snapshots() -> list[Snapshot]:
    """Every snapshot, and each earlier version of the lake that is shown; the oldest first."""
    earlier = earlier_versions()
    read = earlier.room.stat().st_mtime_ns if earlier and earlier.room.is_dir() else 0
    return _snapshots(directory=here(DATA_DIRECTORY), stamp=versions_stamp(), read=read)


@st.cache_resource(max_entries=MOST_KEPT, show_spinner="Building the database of that version…")
def _old(snapshot_id: str, path: Path) -> tuple[duckdb.DuckDBPyConnection, OldVersion]:
    every = kept_snapshots()
    (snapshot,) = [kept for kept in every if kept.id == snapshot_id]
    taken = [kept for kept in every if not kept.number]
    old = old_version(with_tables(snapshot), OLD_VERSIONS if LAKE else DATABASE.parent / "versions", taken)
    return open_database(old.database), old


def _open_old(asked: Snapshot | None) -> tuple[tuple[duckdb.DuckDBPyConnection, OldVersion] | None, str]:
    """The version that the address asks for, and why it is not here where the lake does not give it now.

    Raises:
        AtlasError: a snapshot cannot be read.
    """
    if asked is None:
        return None, ""
    try:
        opened = _old(asked.id, asked.path)
        if not opened[1].database.exists():
            # The folder keeps a few old versions, of all processes: what is open here answers still, but own practices
            # and the SQL page open the file anew.
            _old.clear(asked.id, asked.path)
            opened = _old(asked.id, asked.path)
        return opened, ""
    except AtlasError as error:
        if not asked.number:
            raise
        return None, f"{error.title} {error.advice}".strip()


@dataclass(frozen=True)
class Session:
    """What one run works with.

    Attributes:
        connection: this run's own cursor.
        options: the values of the facets, labelled.
        selection: what the address says is chosen.
        ignored: what of the address could not be used.
        look: the colours of the user's theme.
        stamp: changes with the data.
        as_of: the newest day on which a practice was seen; its year is the data's as-of year.
        outdated: why the database is older than the data files; empty where it is not.
        directory: the CSV files of the data that is looked at.
        database: what the connection is to.
        pinned: the snapshot that the address asks for; None for the data as it is.
        unknown: what the address asks for as a version and is none that there is; empty where there is nothing.
        unread: why the version of the lake cannot be shown that the address asks for; empty where there is nothing.
        city: the city that the pages about cities are about; None where none was chosen.
        comparison: the selection and what it is compared with; None where nothing is.
        copy: the copy of the lake with which the run began; None without a lake.
    """

    connection: duckdb.DuckDBPyConnection
    options: Options
    selection: Selection
    ignored: tuple[Ignored, ...]
    look: Look
    stamp: Stamp
    as_of: date
    outdated: str = ""
    directory: Path = DATA_DIRECTORY
    database: Path = DATABASE
    pinned: Snapshot | None = None
    unknown: str = ""
    unread: str = ""
    city: str | None = None
    comparison: Comparison | None = None
    copy: Path | None = None

    def key(self, *parts: object) -> str:
        """What an answer depends on, as one text: Streamlit hashes a text at once, and a dataclass field by field."""
        return repr((self.stamp, language(), *parts))


@st.cache_resource(max_entries=8, show_spinner=False)
def _about(stamp: Stamp, code: str, _connection: duckdb.DuckDBPyConnection) -> tuple[Options, date, str]:
    facts = queries.meta(_connection)
    return queries.options(_connection), date.fromisoformat(facts["as_of_date"]), facts["version"]


def _asked_version(as_of: date, version: str) -> tuple[Snapshot | None, str]:
    """The snapshot that the address asks for, and what it asks for where there is no such version.

    It holds for every page until the newest is asked for, whatever link is followed: then the address says it again.

    Args:
        as_of: the day of the newest data.
        version: its data version.
    """
    asked = st.query_params.get(VERSION) or st.session_state.get(_PINNED, NOW)
    kept = named(asked, kept_snapshots()) if asked != NOW else None
    if kept is not None and kept.name != version:
        st.session_state[_PINNED] = kept.id
        if st.query_params.get(VERSION) != kept.id:
            st.query_params[VERSION] = kept.id
        return kept, ""
    st.session_state.pop(_PINNED, None)
    day = as_of.isoformat()
    if kept is not None or asked in (NOW, version, day, f"{day}-{version}"):
        st.query_params.pop(VERSION, None)
        return None, ""
    return None, asked


def start() -> Session:
    """Open the database and read the selection from the address.

    Raises:
        AtlasError: the data is invalid and no database can be opened.
    """
    # Streamlit leaves the browser's address as it is when a link leads to the page that it stands on; taking a
    # parameter out writes the right one.
    if FOLLOWED in st.query_params:
        del st.query_params[FOLLOWED]
        st.session_state[ARRIVED] = True
    copy = _copy_of_lake()
    files = data_stamp()
    opened, written, outdated = _newest_database(files)
    # The same files may come to be in the database only later.
    stamp: Stamp = (*files, written)
    directory, database = here(DATA_DIRECTORY), here(DATABASE)
    options, as_of, version = _about(stamp=stamp, code=language(), _connection=opened)
    asked, unknown = _asked_version(as_of, version)
    old, unread = _open_old(asked)
    pinned = asked if old else None
    if pinned is not None and old is not None:
        opened, where = old
        stamp, outdated, directory, database = (pinned.id, str(pinned.path)), "", where.directory, where.database
        options, as_of, version = _about(stamp=stamp, code=language(), _connection=opened)
    selection, ignored = read_selection(params(), options)
    comparison, not_compared = read_comparison(params(), selection, options)
    city, no_city = read_city(st.query_params.get_all("my_city"), options)
    note_city(city)
    session = Session(
        cursor_of(opened),
        options,
        selection,
        (*unspoken(), *ignored, *not_compared, *no_city),
        look(st.context.theme.type),
        stamp,
        as_of,
        outdated,
        directory,
        database,
        pinned,
        unknown,
        unread,
        city,
        comparison,
        copy,
    )
    _keep(session)
    return session


def _copy_of_lake() -> Path | None:
    """The copy of the lake that this run looks at, all of it, though a newer one may come; None without a lake."""
    ours = replica.replica()
    if ours is None:
        return None
    ours.make_ready()
    ours.follow()
    copy: Path = CURRENT.resolve()
    st.session_state[_COPY] = copy
    return copy


def about_city(page: str) -> Session:
    """Let an address of a page about cities that names a city only as a filter be about that city.

    A single one is no filter then: addresses said it so before the two were told apart.

    Args:
        page: the address of the page that is open.
    """
    session = current()
    filtered = session.selection.chosen("city")
    if page in CITY_PAGES and session.city is None and filtered:
        note_city(filtered[0])
        selection = session.selection if len(filtered) > 1 else session.selection.with_values("city", ())
        session = replace(session, city=filtered[0], selection=selection)
        _keep(session)
    return session


def _keep(session: Session) -> None:
    st.session_state[_SESSION] = session
    _latest.set(session)


def current() -> Session:
    """The session of this run; before it has begun, as in what is done after a click, that of the run before."""
    session: Session = _elsewhere.get() or _latest.get() or st.session_state[_SESSION]
    return session


def work_in(session: Session) -> None:
    """Make a session the current one of this thread, which Streamlit gives none."""
    _elsewhere.set(session)


@contextmanager
def inside_dashboard() -> Iterator[None]:
    """Say that a page runs within dashboard.py, which has opened the session and drawn the filters."""
    st.session_state[_INSIDE] = True
    try:
        yield
    finally:
        st.session_state[_INSIDE] = False


def enter() -> Session:
    """The session of this run, for a page to begin with.

    Until a server has seen its first ``st.navigation``, Streamlit takes every file of pages/ for an app of its own:
    an address of a page as the very first request runs that page alone. Such a run starts again with dashboard.py.
    """
    if not st.session_state.get(_INSIDE):
        st.navigation(pages(), position="hidden")
        st.rerun()
    return current()
