"""The map of cities on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pydeck
import streamlit as st

from icc_data import maps, queries
from icc_data.export import Provenance
from icc_data.i18n import translate as _
from icc_data.pictures import map_picture
from icc_data.selection import Selection
from pages.shared import methods
from pages.shared.method import method_button
from pages.shared.session import ask, current, set_option

CITY_PARAM = "show"
# The map fills its column; this is what a column has on a common screen, to choose the first zoom by.
WIDTH = 560


@st.cache_resource(max_entries=60, show_spinner=False)
def _deck(key: str, _draw: Callable[[], pydeck.Deck]) -> pydeck.Deck:
    return _draw()


def _clicked_city(state: Any) -> str | None:
    objects = state.get("selection", {}).get("objects", {}) if state else {}
    return next((city["city_id"] for city in objects.get(maps.CITIES_LAYER, [])), None)


def _open(key: str) -> None:
    city_id = _clicked_city(st.session_state[key])
    if city_id is not None:
        set_option(CITY_PARAM, city_id)


def _method(name: str, measure: str, zoom: maps.Zoom, selection: Selection) -> None:
    look = current().look

    def picture(form: str, facts: Provenance) -> bytes:
        frame = ask(queries.cities, selection)
        return map_picture(frame, maps.MEASURES[measure], form, look, facts, zoom=zoom)

    method_button(name, lambda: methods.cities(selection), picture)


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
    selection: Selection | None = None,
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
        selection: the cities meant; None for those of the address.
    """
    session = current()
    shown = selection or session.selection

    def draw() -> pydeck.Deck:
        return maps.city_map(
            ask(queries.cities, shown),
            session.look,
            maps.MEASURES[measure],
            zoom=zoom,
            shared=ask(queries.shared_practices, shown) if arcs else None,
            density=density,
            chosen=chosen,
            width=WIDTH,
            height=height,
        )

    deck = _deck(session.key(session.look.name, shown, measure, zoom, arcs, density, chosen, height), draw)
    key = f"{name}-{hash((shown, measure, zoom))}"
    state = st.pydeck_chart(
        deck,
        height=height,
        key=key,
        on_select=(lambda: _open(key)) if page is None else "rerun",
        alt=_("Map of cities by {measure}").format(measure=_(maps.MEASURES[measure].label)),
    )
    _method(name, measure, zoom, shown)
    city_id = _clicked_city(state)
    if page is not None and city_id is not None:
        st.switch_page(page, query_params={**session.selection.to_params(), CITY_PARAM: [city_id]})
