"""The map of cities on screen."""

from __future__ import annotations

from typing import Any

import pydeck
import streamlit as st

from icc_data import maps, queries
from icc_data.i18n import translate as _
from pages.shared.session import ask, current, set_option

CITY_PARAM = "show"
# The map fills its column; this is what a column has on a common screen, to choose the first zoom by.
WIDTH = 560


@st.cache_resource(max_entries=60, show_spinner=False)
def _deck(
    stamp: tuple[int, ...],
    theme: str,
    selection: Any,
    measure: str,
    zoom: Any,
    arcs: bool,
    density: bool,
    chosen: str | None,
    height: int,
) -> pydeck.Deck:
    session = current()
    shared = ask(queries.shared_practices, selection) if arcs else None
    return maps.city_map(
        ask(queries.cities, selection),
        session.look,
        maps.MEASURES[measure],
        zoom=zoom,
        shared=shared,
        density=density,
        chosen=chosen,
        width=WIDTH,
        height=height,
    )


def _clicked_city(state: Any) -> str | None:
    objects = state.get("selection", {}).get("objects", {}) if state else {}
    return next((city["city_id"] for city in objects.get(maps.CITIES_LAYER, [])), None)


def _open(key: str) -> None:
    city_id = _clicked_city(st.session_state[key])
    if city_id is not None:
        set_option(CITY_PARAM, city_id)


def city_map(
    name: str,
    measure: str,
    *,
    zoom: maps.Zoom = "europe",
    arcs: bool = False,
    density: bool = False,
    chosen: str | None = None,
    height: int = 520,
    page: str | None = None,
) -> None:
    """Draw the cities of the selection; a click writes the city into the address.

    Args:
        name: identifies the map on its page.
        measure: a key of ``maps.MEASURES``.
        zoom: where the map looks.
        arcs: whether to draw shared practices.
        density: whether to shade density.
        chosen: the city to ring.
        height: pixels.
        page: the page on which a click opens the city; None for this one.
    """
    session = current()
    deck = _deck(session.stamp, session.look.name, session.selection, measure, zoom, arcs, density, chosen, height)
    key = f"{name}-{hash((session.selection, measure, zoom))}"
    state = st.pydeck_chart(
        deck,
        height=height,
        key=key,
        on_select=(lambda: _open(key)) if page is None else "rerun",
        alt=_("Map of cities by {measure}").format(measure=_(maps.MEASURES[measure].label)),
    )
    city_id = _clicked_city(state)
    if page is not None and city_id is not None:
        st.switch_page(page, query_params={**session.selection.to_params(), CITY_PARAM: [city_id]})
