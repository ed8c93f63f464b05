"""The links at the head of every page: the groups, the pages of the one that is open, and the menu of a telephone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from icc_data.analysis.parameters import MY_CITY_PARAM
from icc_data.i18n import translate as _
from icc_data.queries.comparison import COMPARE
from icc_data.queries.selection import Selection
from pages.shared.address import FOLLOWED, my_city
from pages.shared.drawn import draw_once
from pages.shared.menus import menu
from pages.shared.navigation import CITY_PAGES, GROUPS, Group, carried, group_of, link_to, name_of, taken_back

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
class Link:
    """A link to a page, with all address parameters that it carries."""

    entry: StreamlitPage
    query: dict[str, list[str]]

    def draw(self, label: str = "") -> None:
        """Put it on the page, with the page's name and icon where it is called nothing else."""
        icon = None if label else f":material/{_ICONS[self.entry.url_path]}:"
        link_to(self.entry, label=label or name_of(self.entry), icon=icon, query_params=self.query)


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
    shown = {path: links[path].query for path in (*(group.pages[0] for group in GROUPS), *here.pages)}
    draw_once(lambda: _groups(links, here), "navigation", here.key, shown)

    # With nothing given to it: Streamlit copies that in depth at every run.
    @st.fragment
    def menu() -> None:
        _menu(links, current)

    with st.container(key="menu"):
        menu()


def _own(
    entry: StreamlitPage, current: StreamlitPage, work: Mapping[str, Mapping[str, list[str]]]
) -> Mapping[str, list[str]]:
    """What the link to one page alone carries."""
    # On the page itself, its link begins anew; the page knows better than the link what has been chosen on it.
    if entry is current:
        return {FOLLOWED: ["yes"]}
    return {**taken_back(entry.url_path), **work.get(entry.url_path, {})}


def _groups(links: Mapping[str, Link], here: Group) -> None:
    with st.container(key="navigation", gap=None):
        with st.container(horizontal=True, gap="small", key="groups"):
            for group in GROUPS:
                # The style sheet knows the open group by the bold print.
                links[group.pages[0]].draw(f"**{_(group.name)}**" if group is here else _(group.name))
        if len(here.pages) > 1:
            with st.container(horizontal=True, gap="small", key="pages-of-group"):
                for path in here.pages:
                    links[path].draw()


def _menu(links: Mapping[str, Link], current: StreamlitPage) -> None:
    # It would stay open on the way to another page, if that page's were not another one.
    key = f"menu-{current.url_path}"
    label = _("Menu: {page}").format(page=name_of(current))

    def fill() -> None:
        for group in GROUPS:
            if len(group.pages) > 1:
                st.caption(f"**{_(group.name)}**")
            for path in group.pages:
                links[path].draw()

    menu(label, ":material/menu:", key, fill, width="stretch")
