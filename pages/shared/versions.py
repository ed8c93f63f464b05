"""The versions of the data: the snapshots and the data as it is now, and two of them side by side."""

from __future__ import annotations

from collections import Counter

import duckdb
import streamlit as st
from streamlit.navigation.page import StreamlitPage

from icc_data.i18n import day
from icc_data.i18n import translate as _
from icc_data.paths import DATA_DIRECTORY
from icc_data.store.comparison import open_comparison
from icc_data.store.version_pairs import NOW, Version, newest, tables_of, with_snapshots
from icc_data.store.versions import Tables
from pages.shared.address import params
from pages.shared.markdown import escaped
from pages.shared.navigation import FOLLOWED, link_to
from pages.shared.session import VERSION, current, data_stamp, here, kept_snapshots, versions_stamp


@st.cache_resource(max_entries=2, show_spinner=False)
def _now(stamp: tuple[int, ...]) -> tuple[Version, Tables]:
    return newest(here(DATA_DIRECTORY), kept_snapshots())


def all_versions() -> list[Version]:
    """The snapshots and earlier versions of the lake, the oldest first, and the data as it is now.

    Raises:
        AtlasError: the data has problems.
    """
    return with_snapshots(_now(data_stamp())[0], kept_snapshots())


def version_label(version: Version, among: list[Version]) -> str:
    """What a version is called: its day, and of a lake its number.

    With its data version where another one is of the same day and no number tells them apart.
    """
    label = day(version.date)
    if version.number:
        label += " · " + _("version {version}").format(version=version.number)
    elif Counter(other.date for other in among if other.id != NOW)[version.date] > (version.id != NOW):
        label += f" · {version.version}"
    return _("Now ({day})").format(day=label) if version.id == NOW else label


@st.cache_resource(max_entries=6, show_spinner=False)
def _comparison(before: str, after: str, stamp: tuple[object, ...]) -> duckdb.DuckDBPyConnection:
    def tables(version_id: str) -> Tables:
        if version_id == NOW:
            return _now(data_stamp())[1]
        return tables_of(version_id, kept_snapshots())

    return open_comparison(tables(before), tables(after))


def comparison(before: Version, after: Version) -> duckdb.DuckDBPyConnection:
    """Two versions in one database, for ``queries.changes`` and its like; put together once for everybody.

    Raises:
        AtlasError: one of them cannot be read.
    """
    return _comparison(before.id, after.id, (str(here(DATA_DIRECTORY)), data_stamp(), versions_stamp())).cursor()


def version_band(page: StreamlitPage) -> None:
    """Say on every page that an old version is looked at, with a link to the newest; or that there is no such version.

    Args:
        page: the page that is open.
    """
    session = current()
    if session.pinned is not None:
        words = _("You are looking at the data of {day} (version {version}).")
        with st.container(key="version-band", horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                ":material/history: **" + words.format(day=day(session.as_of), version=session.pinned.name) + "**",
                width="content",
            )
            newest = {**params(), VERSION: [NOW], FOLLOWED: ["yes"]}
            link_to(page, label=_("See the newest"), query_params=newest, width="content")
    elif session.unread:
        st.warning(escaped(session.unread) + " " + _("This is the newest."))
    elif session.unknown:
        words = _("There is no version “{asked}” of the data here, so this is the newest.")
        where = _("The page “Tables and downloads” lists those that are kept, under Versions.")
        st.warning(words.format(asked=escaped(session.unknown[:60])) + " " + where)
