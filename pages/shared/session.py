"""What one run of a page knows: the database, the theme and the selection. Only here is the database opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

import duckdb
import streamlit as st

from icc_data import queries
from icc_data.drawing.palette import Look, look
from icc_data.errors import AtlasError
from icc_data.i18n import language, set_language
from icc_data.incoming.check import Data, valid_data
from icc_data.incoming.data_folder import written_at
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.ignored import Ignored
from icc_data.model.records import TABLES
from icc_data.paths import DATA_DIRECTORY, DATABASE
from icc_data.queries.selection import Options, Selection, read_selection
from icc_data.store.build import build, build_in_memory
from icc_data.store.database import open_database
from icc_data.store.datapackage import publish
from pages.shared.address import params
from pages.shared.navigation import ARRIVED, FOLLOWED, pages

_elsewhere: ContextVar[Session | None] = ContextVar("session", default=None)
_SESSION = "_session"
_INSIDE = "_inside_dashboard"


def data_stamp() -> tuple[int, ...]:
    """When each data file was last written: changes where the database may be stale."""
    return tuple(written_at(DATA_DIRECTORY, table) for table in TABLES)


@st.cache_resource(max_entries=2, show_spinner="Building the database…")
def _database(stamp: tuple[int, ...]) -> tuple[duckdb.DuckDBPyConnection, str]:
    """Build the database where it is missing or stale, and open it; where it cannot be built, the last good one.

    Returns:
        The connection, and why the database is an old one (empty where it is not).

    Raises:
        AtlasError: it cannot be built, and there is none.
    """
    try:
        build(DATA_DIRECTORY, DATABASE)
    except AtlasError as error:
        if not DATABASE.exists():
            raise
        return open_database(DATABASE), str(error)
    # A folder that cannot be written does not stop the dashboard: the Data page says so.
    with suppress(AtlasError):
        publish()
    return open_database(DATABASE), ""


@st.cache_resource(max_entries=2, show_spinner=False)
def known_data(stamp: tuple[int, ...]) -> tuple[Data, Gazetteer]:
    """The records of the data folder and the names of its places, the same for everybody.

    Raises:
        AtlasError: the folder has problems.
    """
    data = valid_data(DATA_DIRECTORY)
    return data, Gazetteer(data.cities)


def build_own(data: Data) -> duckdb.DuckDBPyConnection:
    """A database in memory for one visit."""
    return build_in_memory(data)


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
    """

    connection: duckdb.DuckDBPyConnection
    options: Options
    selection: Selection
    ignored: tuple[Ignored, ...]
    look: Look
    stamp: tuple[int, ...]
    as_of: date
    outdated: str = ""

    def key(self, *parts: object) -> str:
        """What an answer depends on, as one text: Streamlit hashes a text at once, and a dataclass field by field."""
        return repr((self.stamp, language(), *parts))


@st.cache_resource(max_entries=8, show_spinner=False)
def _about(stamp: tuple[int, ...], code: str, _connection: duckdb.DuckDBPyConnection) -> tuple[Options, date]:
    return queries.options(_connection), date.fromisoformat(queries.meta(_connection)["as_of_date"])


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
    set_language(st.query_params.get("lang", "en"))
    stamp = data_stamp()
    database, outdated = _database(stamp)
    connection = database.cursor()
    options, as_of = _about(stamp, language(), connection)
    selection, ignored = read_selection(params(), options)
    session = Session(
        connection, options, selection, tuple(ignored), look(st.context.theme.type), stamp, as_of, outdated
    )
    st.session_state[_SESSION] = session
    return session


def current() -> Session:
    """The session of this run."""
    session: Session = _elsewhere.get() or st.session_state[_SESSION]
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
