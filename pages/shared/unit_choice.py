"""Which city, country or network a page is about: chosen from a list, from others in the address, or on invitation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis.benchmark import most_active
from icc_data.analysis.city_facts import recent_joiners
from icc_data.cells import rows_of
from icc_data.drawing.map_measures import MEASURES
from icc_data.drawing.map_views import MapView
from icc_data.i18n import number
from icc_data.i18n import translate as _
from icc_data.queries.selection import FACETS
from pages.shared.address import bound, choose_city, go
from pages.shared.answers import ask, remember
from pages.shared.city_map import city_map
from pages.shared.figures import panel_title
from pages.shared.filter_bar import empty_selection
from pages.shared.markdown import escaped
from pages.shared.navigation import FOLLOWED, link_to
from pages.shared.session import current

INVITED = 18
OFFERED = 8


def choose_unit(facet: str) -> str | None:
    """A list to choose a city, country or network from.

    Args:
        facet: ``city``, ``country`` or ``network``.

    Returns:
        What the address names: the first where it names several countries or networks.
    """
    session = current()
    chosen = session.city if facet == "city" else next(iter(session.selection.chosen(facet)), None)
    st.selectbox(
        _(FACETS[facet].label),
        session.options.values(facet),
        index=None,
        format_func=lambda value: session.options.label(facet, value),
        placeholder=_("Type a name") if facet == "city" else _("Choose one"),
        width=260,
        **bound(f"choose-{facet}", chosen, partial(_choose, facet)),
    )
    if chosen is not None and facet == "city":
        only = session.selection.with_values("city", (chosen,))
        words = _("Show only its practices")
        link_to(
            "pages/practices.py",
            label=words,
            icon=":material/filter_alt:",
            query_params=only.to_params(),
            width="content",
        )
    return chosen


def _choose(facet: str, value: str | None) -> None:
    if facet == "city":
        choose_city(current().selection, value)
    else:
        go(current().selection.with_values(facet, [value] if value else []))


def choose_my_city(city_id: str) -> None:
    """Let the page be about a city.

    Args:
        city_id: the city.
    """
    _choose("city", city_id)


def pick_city(mark: Mapping[str, Any]) -> None:
    """Let the page be about the city whose mark in a chart was clicked, or no longer about it.

    Args:
        mark: the fields of the mark, with the city as ``code``.
    """
    session = current()
    if mark.get("code") in session.options.values("city"):
        choose_city(session.selection, None if mark["code"] == session.city else str(mark["code"]))


def city_in_head(page: str) -> None:
    """The city that the visit is about, on every page: a link to its profile, and a way to forget it.

    Args:
        page: the address of the page that is open.
    """
    session = current()
    if session.city is None:
        return
    name = escaped(session.options.label("city", session.city))
    with st.container(horizontal=True, gap=None, vertical_alignment="center", width="content", key="my-city"):
        link_to(
            "pages/city.py",
            label=name,
            icon=":material/location_city:",
            query_params={**session.selection.to_params(), **({FOLLOWED: ["yes"]} if page == "city" else {})},
            help=_("The city that you look at; the pages of the group Cities are about it."),
        )
        st.button(
            "",
            key="forget-city",
            icon=":material/close:",
            type="tertiary",
            help=_("Forget {city}").format(city=name),
            on_click=choose_city,
            args=(session.selection, None),
        )


def others_chosen(facet: str) -> None:
    """Where the address names several, offer those that a page about one does not show."""
    session = current()
    chosen = session.selection.chosen(facet)
    others = [value for value in chosen if value != session.city] if facet == "city" else chosen[1:]
    if not others:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="others-chosen"):
        st.markdown(f":small[{_('The filters name others as well. Show instead:')}]", width="content")
        for value in others:
            st.button(
                escaped(session.options.label(facet, value)),
                key=f"instead-{value}",
                type="tertiary",
                on_click=_choose,
                args=(facet, value),
            )


def invite(facet: str, words: str) -> None:
    """Where nothing is chosen, offer what the selection says most about.

    Args:
        facet: ``city``, ``country`` or ``network``.
        words: what to do here.
    """
    st.markdown(words)
    if facet == "city":
        _city_start()
        return
    most = most_active(ask(queries.unit_measures, current().selection, facet), INVITED)
    if not most.empty:
        st.caption(_("Those with most published practices:"))
        _offer("invitation", facet, [(row.unit, number(row.practices)) for row in rows_of(most)])


def _city_start() -> None:
    """A map to click, the cities that joined last, and those with most practices."""
    selection = current().selection
    # Of cities without a practice the map still shows the places.
    if ask(queries.cities, selection).empty and empty_selection():
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        panel_title(_("On the map"), _("Circle: practices of a city"), _("Click one to choose it"))
        view = MapView(MEASURES["practices"], "europe" if selection.is_empty else "selection", height=380)
        city_map(
            "start-map",
            view,
            choose=choose_my_city,
            title=_("Map to choose a city from"),
            instead=_("The field “City” above takes the name of any city."),
        )
    with right:
        offer_joiners()
        most = most_active(ask(queries.unit_measures, selection, "city"), OFFERED)
        if not most.empty:
            panel_title(_("Most published practices"))
            _offer("invitation", "city", [(row.unit, number(row.practices)) for row in rows_of(most)])
        st.caption(_("Any other: type its name into the field “City” above."))


def offer_joiners() -> None:
    """The cities that joined the programme last, each to be chosen."""
    selection = current().selection

    def work() -> list[tuple[str, str]]:
        joined = recent_joiners(ask(queries.cities, selection), OFFERED)
        return [(row.city_id, str(int(row.joined_year))) for row in rows_of(joined)]

    places = remember(work, "joiners", selection)
    if places:
        panel_title(_("Joined last"), _("Among the cities whose joining year is known"))
        _offer("joiners", "city", places)


def _offer(name: str, facet: str, places: list[tuple[str, str]]) -> None:
    """Buttons that choose a place each.

    Args:
        name: names the row of buttons.
        facet: what the places are.
        places: each with what stands beside its name.
    """
    with st.container(horizontal=True, gap="small", key=name):
        for value, note in places:
            label = f"{escaped(current().options.label(facet, value))} :gray[· {note}]"
            key = f"{'invite' if name == 'invitation' else name}-{value}"
            st.button(label, key=key, on_click=_choose, args=(facet, value))
