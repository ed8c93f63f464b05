"""Which city, country or network a page is about: chosen from a list, from others in the address, or on invitation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis.benchmark import most_active
from icc_data.cells import rows_of
from icc_data.i18n import number
from icc_data.i18n import translate as _
from icc_data.queries.selection import FACETS
from pages.shared.address import bound, choose_city, go
from pages.shared.answers import ask
from pages.shared.markdown import escaped
from pages.shared.navigation import FOLLOWED, link_to
from pages.shared.session import current

INVITED = 18


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
        placeholder=_("Choose one"),
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
    session = current()
    most = most_active(ask(queries.unit_measures, session.selection, facet), INVITED)
    st.markdown(words)
    if most.empty:
        return
    st.caption(_("Those with most published practices:"))
    with st.container(horizontal=True, gap="small", key="invitation"):
        for row in rows_of(most):
            label = f"{escaped(session.options.label(facet, row.unit))} :gray[· {number(row.practices)}]"
            st.button(label, key=f"invite-{row.unit}", on_click=_choose, args=(facet, row.unit))
