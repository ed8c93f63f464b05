"""The pages of the atlas and the links to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.shared.address import FOLLOWED as FOLLOWED

Params = Mapping[str, str | Sequence[str]]

# In the session's state from when a page is come to until it has taken note.
ARRIVED = "_arrived"
_PAGE = "_page"

# The pages of the page head.
# Given to the links, not to the pages: a page's icon becomes the browser's, which is fetched from another host.
_ICONS = {
    "": "dashboard",
    "review": "fact_check",
    "map": "map",
    "timeline": "timeline",
    "topics": "category",
    "practices": "article",
    "policy_area": "target",
    "city": "location_city",
    "benchmark": "leaderboard",
    "index": "speed",
    "audit": "checklist",
    "partners": "hub",
    "sql": "database",
    "data": "dataset",
    "contribute": "add_notes",
}


def pages() -> list[StreamlitPage]:
    """Every page; the first is the one that opens."""
    return [
        st.Page("pages/overview.py", title=_("Overview"), default=True),
        st.Page("pages/review.py", title=_("Review")),
        st.Page("pages/map.py", title=_("Map")),
        st.Page("pages/timeline.py", title=_("Timeline")),
        st.Page("pages/topics.py", title=_("Topics")),
        st.Page("pages/city.py", title=_("City")),
        st.Page("pages/benchmark.py", title=_("Benchmark")),
        st.Page("pages/index.py", title=_("Index")),
        st.Page("pages/audit.py", title=_("Audit")),
        st.Page("pages/partners.py", title=_("Partners")),
        st.Page("pages/practices.py", title=_("Practices")),
        st.Page("pages/practice.py", title=_("Practice")),
        st.Page("pages/policy_area.py", title=_("Policy area")),
        st.Page("pages/sql.py", title=_("SQL")),
        st.Page("pages/data.py", title=_("Data")),
        st.Page("pages/contribute.py", title=_("Contribute")),
    ]


def _left(page: str) -> str:
    return f"_left-{page}"


def take_back(page: str, names: Iterable[str]) -> None:
    """Let the link from other pages to this one carry what its address asks for now, beside the selection.

    Args:
        page: the path of this page.
        names: the address parameters meant.
    """
    st.session_state[_left(page)] = {name: st.query_params.get_all(name) for name in names if name in st.query_params}


def arrive(page: StreamlitPage) -> None:
    """Note where another page is come to than the one before."""
    if st.session_state.get(_PAGE) != page.url_path:
        st.session_state[_PAGE] = page.url_path
        st.session_state[ARRIVED] = True


# What a link to any page takes along.
CARRIED_PARAMS = ("version", "lang")


def carried() -> dict[str, list[str]]:
    """What a link to any page takes along: the version of the data that is looked at, and the language."""
    return {name: st.query_params.get_all(name) for name in CARRIED_PARAMS if name in st.query_params}


def link_to(page: str | StreamlitPage, *, query_params: Params | None = None, **options: Any) -> None:
    """A link to a page of the atlas, which stays in the version and language that are looked at, in another tab too.

    Args:
        page: the page, or its file.
        query_params: what its address asks for; a version named there goes before the one that is looked at.
        options: those of ``st.page_link``.
    """
    st.page_link(page, query_params={**carried(), **(query_params or {})}, **options)


def turn_to(page: str, query_params: Params) -> NoReturn:
    """Open a page at once, in the version of the data that is looked at; the arguments of ``link_to``."""
    st.switch_page(page, query_params={**carried(), **query_params})


def address_of(page: str, query_params: Params) -> str:
    """The address of a page from the page beside it, for a cell of a table; the arguments of ``link_to``."""
    return f"{page}?{urlencode({**carried(), **query_params}, doseq=True)}"


def page_links(
    entries: list[StreamlitPage],
    current: StreamlitPage,
    selection: Selection,
    work: Mapping[str, Mapping[str, list[str]]],
) -> None:
    """Link to every page that stands for itself, each link carrying the selection along, and what was left there.

    Args:
        entries: every page.
        current: the page that is open.
        selection: what is chosen.
        work: what else the link to a page carries, by the page's address.
    """
    with st.container(horizontal=True, gap="small", key="navigation"):
        for entry in entries:
            if entry.url_path not in _ICONS:
                continue
            icon = f":material/{_ICONS[entry.url_path]}:"
            # On the page itself, its link begins anew; the page knows better than the link what has been chosen on it.
            left = {**st.session_state.get(_left(entry.url_path), {}), **work.get(entry.url_path, {})}
            more = {FOLLOWED: ["yes"]} if entry is current else left
            link_to(entry, icon=icon, query_params={**selection.to_params(), **more})
