"""The versions of the data: the snapshots and the data as it is now, and two of them side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import duckdb
import streamlit as st

from icc_data.i18n import day
from icc_data.i18n import translate as _
from icc_data.paths import DATA_DIRECTORY
from icc_data.store import snapshots as keeping
from icc_data.store.comparison import open_comparison
from icc_data.store.snapshots import Snapshot
from icc_data.store.versions import Tables, as_of_date, data_version, read_folder
from icc_data.text import short_digest
from pages.shared.session import data_stamp

NOW = "now"


@dataclass(frozen=True)
class Version:
    """A version of the data.

    Attributes:
        id: by which an address asks for it; ``NOW`` for the data as it is.
        date: the newest day on which one of its practices was seen.
        version: what people quote.
    """

    id: str
    date: date
    version: str


def versions_stamp() -> tuple[int, ...]:
    """Changes where a snapshot comes or goes."""
    folders = keeping.snapshot_folders(DATA_DIRECTORY)
    return tuple(folder.stat().st_mtime_ns if folder.is_dir() else 0 for folder in folders)


@st.cache_data(max_entries=4, show_spinner=False)
def _snapshots(stamp: tuple[int, ...]) -> list[Snapshot]:
    return keeping.snapshots(keeping.snapshot_folders(DATA_DIRECTORY))


def kept_snapshots() -> list[Snapshot]:
    """Every snapshot, the oldest first."""
    return _snapshots(versions_stamp())


@st.cache_resource(max_entries=2, show_spinner=False)
def _now(stamp: tuple[int, ...]) -> tuple[Version, Tables]:
    data, tables = read_folder(DATA_DIRECTORY)
    return Version(NOW, as_of_date(data), short_digest(data_version(data))), tables


def all_versions() -> list[Version]:
    """The snapshots, the oldest first, and the data as it is now.

    Raises:
        AtlasError: the data has problems.
    """
    return [*(Version(kept.id, kept.date, kept.version) for kept in kept_snapshots()), _now(data_stamp())[0]]


def version_label(version: Version, among: list[Version]) -> str:
    """What a version is called: its day; with its data version where another one is of the same day."""
    label = day(version.date)
    if Counter(other.date for other in among if other.id != NOW)[version.date] > (version.id != NOW):
        label += f" · {version.version}"
    return _("Now ({day})").format(day=label) if version.id == NOW else label


@st.cache_resource(max_entries=6, show_spinner=False)
def _comparison(before: str, after: str, stamp: tuple[object, ...]) -> duckdb.DuckDBPyConnection:
    def tables(version_id: str) -> Tables:
        if version_id == NOW:
            return _now(data_stamp())[1]
        return next(keeping.tables_of_snapshot(kept) for kept in kept_snapshots() if kept.id == version_id)

    return open_comparison(tables(before), tables(after))


def comparison(before: Version, after: Version) -> duckdb.DuckDBPyConnection:
    """Two versions in one database, for ``queries.changes`` and its like; put together once for everybody.

    Raises:
        AtlasError: one of them cannot be read.
    """
    return _comparison(before.id, after.id, (str(DATA_DIRECTORY), data_stamp(), versions_stamp())).cursor()
