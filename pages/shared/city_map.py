"""The map of cities on screen."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any

import pydeck
import streamlit as st

from icc_data import queries
from icc_data.analysis.index_rows import city_count
from icc_data.cells import rows_of
from icc_data.drawing import map_arcs, map_circles, map_measures, map_views, maps
from icc_data.drawing.map_views import MapView
from icc_data.files.export import Provenance
from icc_data.files.pictures import map_picture
from icc_data.files.pictures.canvas import SCREEN, Canvas
from icc_data.i18n import translate as _
from icc_data.queries.comparison import AnySelection
from icc_data.queries.selection_words import choices
from pages.shared import explanations
from pages.shared.address import set_option
from pages.shared.answers import ask, remember
from pages.shared.embedding import alone, figure_place
from pages.shared.figures import colour_legend, size_legend
from pages.shared.markdown import escaped
from pages.shared.method import Method, method_button
from pages.shared.navigation import turn_to
from pages.shared.session import current
from pages.shared.telephone import on_a_telephone

CITY_PARAM = "show"
_ANY_CITY = "any-city"
# The map fills its column, whose width the server does not know: what a column has on a common screen and on a phone,
# to choose the first zoom by.
WIDTH, PHONE_WIDTH = 560, 358
# A view that is to hold every city is made for the narrowest that the map is in a usual window, from a tablet on: a
# wider map holds them too, a narrower one would cut them at its sides.
NARROWEST = 430
NARROWEST_OF = {"city-locator": 217, "city-partners": 310, "practice-map": 229, "overview-map": 330, "start-map": 385}
"""By the name of the map, of those that stand in a column beside others."""
# Of two maps side by side: where there is no room for both, one stands below the other (style.css has the same).
WIDTH_OF_TWO = 340
# On a phone, a map higher than wide leaves Europe small and no room to scroll past it.
PHONE_HEIGHT = 360


def _on_this_screen(view: MapView, name: str = "") -> MapView:
    if view.zoom == "selection":
        view = replace(view, width=min(view.width, NARROWEST_OF.get(name, NARROWEST)))
    if on_a_telephone():
        return replace(view, width=min(view.width, PHONE_WIDTH), height=min(view.height, PHONE_HEIGHT))
    return replace(view, width=min(view.width, WIDTH))


@st.cache_resource(max_entries=60, show_spinner=False)
def _deck(key: str, _draw: Callable[[], pydeck.Deck]) -> pydeck.Deck:
    deck = _draw()
    # Put into words here, it need not keep its thousands of cells, through which the garbage collector would go.
    deck.to_json()
    deck.layers = []
    return deck


@st.cache_data(max_entries=200, show_spinner=False)
def _words(key: str, _say: Callable[[], str]) -> str:
    return _say()


def cities_of(selection: AnySelection, measure: map_measures.Measure) -> Any:
    """The cities of a selection with what a map of the measure shows of them: of practices no other fact is asked.

    Args:
        selection: the cities meant.
        measure: what size and colour show.
    """
    return ask(queries.city_practices if measure.column == "practices" else queries.cities, selection)


def city_by_name(*selections: AnySelection) -> None:
    """A field that opens any city of a map: its marks are for the mouse, and for people who see it.

    Args:
        selections: whose cities; one that is in two of them is offered once.
    """

    def work() -> dict[str, str]:
        cities = map_measures.in_common(ask(queries.city_practices, selection) for selection in selections)
        return {row.city_id: f"{row.name} ({row.country})" for row in rows_of(cities.sort_values("name"))}

    named = remember(work, "cities by name", selections)
    st.selectbox(
        _("Open any of {cities}").format(cities=city_count(len(named))),
        list(named),
        format_func=named.__getitem__,
        index=None,
        key=_ANY_CITY,
        on_change=lambda: set_option(CITY_PARAM, st.session_state[_ANY_CITY]),
        placeholder=_("Name of a city"),
    )


def _clicked_city(state: Any) -> str | None:
    objects = state.get("selection", {}).get("objects", {}) if state else {}
    layers = (maps.MIDDLES_LAYER, maps.CITIES_LAYER)
    return next((city["city_id"] for layer in layers for city in objects.get(layer, [])), None)


def _show(city_id: str) -> None:
    set_option(CITY_PARAM, city_id)


def _key(name: str, shown: Hashable) -> str:
    """The key of a map: the same one whatever it shows, as a browser takes long to put up another.

    Only what was clicked belongs to what was shown then, as Streamlit keeps its place among the circles: once something
    else is shown, the map is another one.
    """
    count, clicked = st.session_state.get(_maps(name), (0, None))
    if clicked not in (None, shown):
        count += 1
        st.session_state[_maps(name)] = count, None
    return f"{name}-{count}"


def _maps(name: str) -> str:
    return f"maps-{name}"


def _open(name: str, key: str, shown: Hashable, choose: Callable[[str], None]) -> None:
    city_id = _clicked_city(st.session_state[key])
    count, _clicked = st.session_state.get(_maps(name), (0, None))
    st.session_state[_maps(name)] = count, shown if city_id is not None else None
    if city_id is not None:
        choose(city_id)


def _method(name: str, title: str, view: MapView, selection: AnySelection, rests_on: tuple[str, ...]) -> None:
    look = current().look

    def picture(form: str, facts: Provenance, canvas: Canvas = SCREEN) -> bytes:
        cities, scale = cities_of(selection, view.measure), view.scale
        return map_picture(cities, view.measure, form, look, facts, zoom=view.zoom, scale=scale, canvas=canvas)

    def method() -> Method:
        return explanations.cities(selection, rests_on, title)

    method_button(name, title or _("Cities on the map"), method, picture, figure=name)


def _alone(view: MapView, selection: AnySelection, rests_on: tuple[str, ...]) -> None:
    """What the page says around a map, where it is not around it."""
    if view.scale is not None:
        # The legend of two maps stands below both.
        cities, look = cities_of(selection, view.measure), current().look
        legend = map_circles.legend(cities, look, view.measure, shrink=view.shrink, scale=view.scale)
        size_legend(legend, _(view.measure.label))
    counted = explanations.cities(selection, rests_on).coverage()
    st.caption("\n\n".join([escaped(counted), *base_map_words()]).strip())


def city_map(
    name: str,
    view: MapView,
    *,
    page: str | None = None,
    selection: AnySelection | None = None,
    choose: Callable[[str], None] = _show,
    title: str = "",
    instead: str = "",
    rests_on: tuple[str, ...] = (),
) -> None:
    """Draw the cities of the selection; a click writes the city into the address.

    Args:
        name: identifies the map on its page.
        view: what it shows, and where it looks; it fills its column, and on a phone it is no higher than wide.
        page: the page on which a click opens the city; None for this one.
        selection: the cities meant; None for those of the address.
        choose: what a click does where it opens no other page; is given the city.
        title: which map it is, for people who hear the page; empty for one of the cities of the selection.
        instead: where the same is done without pointing at the map, for them; empty for the page of the map.
        rests_on: what was chosen beside the filters, for its files, a sentence each.
    """
    session = current()
    meant = selection or session.selection
    view = _on_this_screen(view, name)

    def draw() -> pydeck.Deck:
        shared = ask(queries.shared_practices, meant) if view.arcs != "none" else None
        return maps.city_map(cities_of(meant, view.measure), session.look, view, shared)

    named = title or _("Map of cities by {measure}").format(measure=_(view.measure.label))

    def say() -> str:
        return map_measures.spoken(named, cities_of(meant, view.measure), view.measure)

    shown = (session.stamp, meant, view.measure.column, view.zoom)
    key = _key(name, shown)
    filters = choices(session.selection, session.options) if selection is None else []
    with figure_place(name, named, chosen=[label for label, _without in filters]) as is_shown:
        if not is_shown:
            return
        spoken = remember(say, "spoken", named, meant, view.measure.column)
        state = st.pydeck_chart(
            _deck(key=session.key(session.look.name, meant, view), _draw=draw),
            height=view.height,
            key=key,
            on_select=(lambda: _open(name, key, shown, choose)) if page is None else "rerun",
            alt=" ".join((spoken, instead or _("Every city opens by its name from the list on the page “Map”."))),
        )
        if alone():
            _alone(view, meant, rests_on)
        _method(name, title if rests_on else "", view, meant, rests_on)
    city_id = _clicked_city(state)
    # Within somebody else's page there is no other page to turn to.
    if page is not None and city_id is not None and not alone():
        # Whoever comes back finds another map, with nothing clicked.
        st.session_state[_maps(name)] = st.session_state.get(_maps(name), (0, None))[0] + 1, None
        turn_to(page, query_params={**session.selection.to_params(), CITY_PARAM: [city_id]})


def _arcs_in_words(zoom: map_views.Zoom) -> str:
    selection = current().selection
    return map_arcs.pairs_in_words(ask(queries.shared_practices, selection), ask(queries.shared_work, selection), zoom)


def base_map_words() -> list[str]:
    """What the borders of the base map are, and the note that the Council of Europe puts to Kosovo; in Markdown."""
    return [
        _(
            "Base map: Natural Earth; borders as the Council of Europe draws them, dashed where they are not settled, "
            "as that of Kosovo\\*."
        ),
        _(
            "\\* All references to Kosovo, whether the territory, institutions or population, in this text shall be "
            "understood in full compliance with United Nations Security Council Resolution 1244 and without prejudice "
            "to the status of Kosovo."
        ),
    ]


def map_key(view: MapView) -> None:
    """What the marks of a map of the selection mean.

    Args:
        view: what the map shows.
    """
    session = current()
    look, view = session.look, _on_this_screen(view)

    def legend() -> list[map_circles.LegendEntry]:
        cities = cities_of(session.selection, view.measure)
        return map_circles.legend(cities, look, view.measure, shrink=view.shrink)

    size_legend(remember(legend, "legend", look.name, session.selection, view), _(view.measure.label))
    if view.arcs != "none":
        colour_legend(
            {_("Arc: two cities carry a practice together; thicker: more of them"): map_arcs.arc_colour(look)}
        )
        st.caption(
            _words(key=session.key("arcs", session.selection, view.zoom), _say=lambda: _arcs_in_words(view.zoom))
        )
    if view.density:
        steps = ",".join(f"rgb({r} {g} {b} / {opacity / 255:.2f})" for r, g, b, opacity in maps.density_colours(look))
        words = _(
            "Shading: practices of cities close together, from few to the most in this view; it changes as you zoom"
        )
        colour_legend({words: f"linear-gradient(90deg,{steps});width:3.5rem"})
