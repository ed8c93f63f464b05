"""The pages of the atlas and the links to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from icc_data.analysis.parameters import MY_CITY_PARAM
from icc_data.i18n import language, mark
from icc_data.i18n import translate as _
from icc_data.queries.comparison import COMPARE
from icc_data.queries.selection import Selection
from pages.shared.address import FOLLOWED as FOLLOWED
from pages.shared.address import my_city

Params = Mapping[str, str | Sequence[str]]

# In the session's state from when a page is come to until it has taken note.
ARRIVED = "_arrived"
_PAGE = "_page"

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
    "accessibility": "accessibility_new",
}


@dataclass(frozen=True)
class Group:
    """Pages that answer the same kind of question.

    Attributes:
        key: names it in the page head's style.
        name: what it is called.
        pages: the addresses of its pages that stand in the page head; the first is where its name leads.
        others: its pages that are come to from those.
    """

    key: str
    name: str
    pages: tuple[str, ...]
    others: tuple[str, ...] = ()


GROUPS = (
    Group("network", mark("Network"), ("", "review", "map", "timeline", "topics", "policy_area")),
    Group("practices", mark("Practices"), ("practices",), ("practice",)),
    Group("cities", mark("Cities"), ("city", "benchmark", "index", "audit", "partners")),
    Group("data", mark("Data"), ("data", "sql", "contribute"), ("accessibility",)),
)
"""The pages in the order of the page head."""
CITY_PAGES = next(group.pages for group in GROUPS if group.key == "cities")
"""The pages that are about one city, the same on all of them."""
# Within its group a page may go by a shorter or a fuller name than alone.
_NAMES = {"city": mark("Profile"), "data": mark("Tables and downloads"), "policy_area": mark("Policy areas")}


def pages() -> list[StreamlitPage]:
    """Every page, for one run; the first is the one that opens."""
    # A run notes on each which of them it has run.
    return [copy(page) for page in _pages(language()).values()]


@cache
def _pages(code: str) -> dict[str, StreamlitPage]:
    """Every page by its file, in a language: to make one takes as long as to draw it."""
    titles = {
        "pages/overview.py": _("Overview"),
        "pages/review.py": _("Review"),
        "pages/map.py": _("Map"),
        "pages/timeline.py": _("Timeline"),
        "pages/topics.py": _("Topics"),
        "pages/city.py": _("City"),
        "pages/benchmark.py": _("Benchmark"),
        "pages/index.py": _("Index"),
        "pages/audit.py": _("Audit"),
        "pages/partners.py": _("Partners"),
        "pages/practices.py": _("Practices"),
        "pages/practice.py": _("Practice"),
        "pages/policy_area.py": _("Policy area"),
        "pages/sql.py": _("SQL"),
        "pages/data.py": _("Data"),
        "pages/contribute.py": _("Contribute"),
        "pages/accessibility.py": _("Accessibility"),
    }
    return {file: st.Page(file, title=title, default=file == "pages/overview.py") for file, title in titles.items()}


def page_names() -> dict[str, str]:
    """What each page is called, by its address."""
    own = {name: _(words) for name, words in _NAMES.items()}
    return {page.url_path: own.get(page.url_path, page.title) for page in pages()}


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
    """What a link to any page takes along: the version of the data that is looked at, the language, and the city."""
    asked = {name: st.query_params.get_all(name) for name in CARRIED_PARAMS if name in st.query_params}
    # An address may name the city by another parameter.
    return {**asked, **my_city()}


def about(city_id: str) -> dict[str, list[str]]:
    """What a link to a page about a city carries.

    Args:
        city_id: the city.
    """
    return {MY_CITY_PARAM: [city_id]}


def link_to(page: str | StreamlitPage, *, query_params: Params | None = None, **options: Any) -> None:
    """A link to a page of the atlas, which stays in the version and language that are looked at, in another tab too.

    Args:
        page: the page, or its file.
        query_params: what its address asks for; a version named there goes before the one that is looked at.
        options: those of ``st.page_link``.
    """
    # Of a file, Streamlit would look up at each link where it lies.
    to = _pages(language())[page] if isinstance(page, str) else page
    st.page_link(to, query_params={**carried(), **(query_params or {})}, **options)


def turn_to(page: str, query_params: Params) -> NoReturn:
    """Open a page at once, in the version of the data that is looked at; the arguments of ``link_to``."""
    st.switch_page(page, query_params={**carried(), **query_params})


def address_of(page: str, query_params: Params) -> str:
    """The address of a page from the page beside it, for a cell of a table; the arguments of ``link_to``."""
    return f"{page}?{urlencode({**carried(), **query_params}, doseq=True)}"


def group_of(page: str) -> Group:
    """The group that a page belongs to.

    Args:
        page: its address.
    """
    return next(group for group in GROUPS if page in (*group.pages, *group.others))


def page_links(
    entries: list[StreamlitPage],
    current: StreamlitPage,
    selection: Selection,
    work: Mapping[str, Mapping[str, list[str]]],
) -> None:
    """Link to the groups and to the pages of the one that is open; on a telephone to all of them from one button.

    Each link carries the selection along, what it is compared with, and what was left on its page. What a screen has
    no room for is hidden by the style sheet: the server does not know how wide it is.

    Args:
        entries: every page.
        current: the page that is open.
        selection: what is chosen.
        work: what else the link to a page carries, by the page's address.
    """
    query = selection.to_params()
    if COMPARE in st.query_params:
        query[COMPARE] = st.query_params.get_all(COMPARE)
    # A filter that names a city says which one to be about, and stays a filter.
    city = {MY_CITY_PARAM: list(selection.city[:1])} if selection.city and not my_city() else {}
    links, along = {}, carried()
    for entry in entries:
        own = {**(city if entry.url_path in CITY_PAGES else {}), **_own(entry, current, work)}
        links[entry.url_path] = Link(entry, {**along, **query, **own})
    here = group_of(current.url_path)
    with st.container(key="navigation", gap=None):
        with st.container(horizontal=True, gap="small", key="groups"):
            for group in GROUPS:
                with st.container(key="group-here" if group is here else f"group-{group.key}", width="content"):
                    links[group.pages[0]].draw(f"**{_(group.name)}**" if group is here else _(group.name))
        if len(here.pages) > 1:
            with st.container(horizontal=True, gap="small", key="pages-of-group"):
                for path in here.pages:
                    links[path].draw()

    # With nothing given to it: Streamlit copies that in depth at every run.
    @st.fragment
    def menu() -> None:
        _menu(links, current)

    with st.container(key="menu"):
        menu()


def foot() -> None:
    """What stands below every page."""
    with st.container(key="foot"):
        link_to("pages/accessibility.py", label=_("Accessibility of the atlas"), width="content")


@dataclass(frozen=True)
class Link:
    """A link to a page, with all address parameters that it carries."""

    entry: StreamlitPage
    query: dict[str, list[str]]

    def draw(self, label: str = "") -> None:
        """Put it on the page, with the page's name and icon where it is called nothing else."""
        icon = None if label else f":material/{_ICONS[self.entry.url_path]}:"
        st.page_link(self.entry, label=label or _name(self.entry), icon=icon, query_params=self.query)


def _own(
    entry: StreamlitPage, current: StreamlitPage, work: Mapping[str, Mapping[str, list[str]]]
) -> Mapping[str, list[str]]:
    """What the link to one page alone carries."""
    # On the page itself, its link begins anew; the page knows better than the link what has been chosen on it.
    if entry is current:
        return {FOLLOWED: ["yes"]}
    return {**st.session_state.get(_left(entry.url_path), {}), **work.get(entry.url_path, {})}


def _menu(links: Mapping[str, Link], current: StreamlitPage) -> None:
    # It would stay open on the way to another page, if that page's were not another one.
    key = f"menu-{current.url_path}"
    label = _("Menu: {page}").format(page=_name(current))
    menu = st.popover(label, icon=":material/menu:", width="stretch", key=key, on_change="rerun")
    if not menu.open:
        return
    with menu:
        for group in GROUPS:
            if len(group.pages) > 1:
                st.caption(f"**{_(group.name)}**")
            for path in group.pages:
                links[path].draw()


def _name(entry: StreamlitPage) -> str:
    return _(_NAMES[entry.url_path]) if entry.url_path in _NAMES else entry.title
