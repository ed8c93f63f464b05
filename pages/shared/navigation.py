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
from pages.shared.address import FOLLOWED as FOLLOWED
from pages.shared.address import my_city

Params = Mapping[str, str | Sequence[str]]

# In the session's state from when a page is come to until it has taken note.
ARRIVED = "_arrived"
_PAGE = "_page"


@dataclass(frozen=True)
class Group:
    """Pages that answer the same kind of question.

    Attributes:
        key: names it.
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
ADDRESSES = [address for group in GROUPS for address in (*group.pages, *group.others)]
"""Of every page."""
CITY_PAGES = next(group.pages for group in GROUPS if group.key == "cities")
"""The pages that are about one city, the same on all of them."""
# Of each page by the name of its file.
_TITLES = {
    "overview": mark("Overview"),
    "review": mark("Review"),
    "map": mark("Map"),
    "timeline": mark("Timeline"),
    "topics": mark("Topics"),
    "city": mark("City"),
    "benchmark": mark("Benchmark"),
    "index": mark("Index"),
    "audit": mark("Audit"),
    "partners": mark("Partners"),
    "practices": mark("Practices"),
    "practice": mark("Practice"),
    "policy_area": mark("Policy area"),
    "sql": mark("SQL"),
    "data": mark("Data"),
    "contribute": mark("Contribute"),
    "accessibility": mark("Accessibility"),
}
_FIRST = "overview"
# Within its group a page may go by a shorter or a fuller name than alone.
_NAMES = {"city": mark("Profile"), "data": mark("Tables and downloads"), "policy_area": mark("Policy areas")}


def pages() -> list[StreamlitPage]:
    """Every page, for one run; the first is the one that opens."""
    # A run notes on each which of them it has run.
    return [copy(page) for page in _pages(language()).values()]


@cache
def _pages(code: str) -> dict[str, StreamlitPage]:
    """Every page by its file, in a language: to make one takes as long as to draw it."""
    return {
        f"pages/{name}.py": st.Page(f"pages/{name}.py", title=_(title), default=name == _FIRST)
        for name, title in _TITLES.items()
    }


def page_names() -> dict[str, str]:
    """What each page is called, by its address."""
    return {page.url_path: name_of(page) for page in pages()}


def name_of(page: StreamlitPage) -> str:
    """What a page is called within its group.

    Args:
        page: the page.
    """
    return _name(page.url_path)


def _name(address: str) -> str:
    return _(_NAMES.get(address) or _TITLES[address or _FIRST])


def menu() -> dict[str, list[tuple[str, str]]]:
    """The address and the name of each page that a menu offers, by its group."""
    return {_(group.name): [(address, _name(address)) for address in group.pages] for group in GROUPS}


def _left(page: str) -> str:
    return f"_left-{page}"


def take_back(page: str, names: Iterable[str]) -> None:
    """Let the link from other pages to this one carry what its address asks for now, beside the selection.

    Args:
        page: the path of this page.
        names: the address parameters meant.
    """
    st.session_state[_left(page)] = {name: st.query_params.get_all(name) for name in names if name in st.query_params}


def taken_back(page: str) -> Mapping[str, list[str]]:
    """What the link to a page carries of what its address asked for when it was left, as ``take_back`` noted.

    Args:
        page: its path.
    """
    left: Mapping[str, list[str]] = st.session_state.get(_left(page), {})
    return left


def arrive(page: StreamlitPage) -> None:
    """Note where another page is come to than the one before."""
    if st.session_state.get(_PAGE) != page.url_path:
        st.session_state[_PAGE] = page.url_path
        st.session_state[ARRIVED] = True


# What a link to any page takes along.
CARRIED_PARAMS = ("version", "lang")


def carried() -> dict[str, list[str]]:
    """What a link to any page takes along: the version of the data that is looked at, the language, and the city."""
    # Whether one is there takes Streamlit longer to say than what it is.
    asked = {name: values for name in CARRIED_PARAMS if (values := st.query_params.get_all(name))}
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


def foot() -> None:
    """What stands below every page."""
    with st.container(key="foot"):
        link_to("pages/accessibility.py", label=_("Accessibility of the atlas"), width="content")
