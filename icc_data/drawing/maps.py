"""From a DataFrame to a pydeck deck over the base map that the app serves itself."""

from __future__ import annotations

import json
import math
from functools import cached_property
from typing import Any

import pandas as pd
import pydeck
from pydeck.bindings.json_tools import default_serialize

from icc_data.cells import rows_of
from icc_data.drawing.map_arcs import arcs_between, of_city
from icc_data.drawing.map_circles import (
    UNKNOWN_RADIUS,
    middles,
    name_neighbours,
    points,
)
from icc_data.drawing.map_views import EUROPE, MapView, box_of, view_of
from icc_data.drawing.palette import Look, ramp_colour, rgb
from icc_data.i18n import labelled, number
from icc_data.i18n import translate as _

CITIES_LAYER = "cities"
MIDDLES_LAYER = "middles"
ARCS_LAYER = "arcs"
DENSITY_PIXELS = 60
# Columns of colours, and what a layer draws in them.
_COLOURS = {"colour": ("get_source_color", "get_target_color"), "line": ("get_line_color",)}


class DrawnDeck(pydeck.Deck):  # type: ignore[misc]
    """A deck that is put into words once, however often it is shown."""

    @cached_property
    def _json(self) -> str:
        # As small as it goes: it travels to the browser.
        for layer in self.layers:
            _say_once(layer)
        return json.dumps(self, default=default_serialize, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def to_json(self) -> str:
        """The deck as deck.gl reads it."""
        return self._json


def _say_once(layer: Any) -> None:
    """Let a layer say a colour that all its marks have, where each of hundreds would say it."""
    if not isinstance(layer.data, list):
        return
    for column, ways in _COLOURS.items():
        if len({tuple(row.get(column, ())) for row in layer.data}) == 1 and column in layer.data[0]:
            for way in ways:
                if hasattr(layer, way):
                    setattr(layer, way, layer.data[0][column])
            layer.data = [{name: cell for name, cell in row.items() if name != column} for row in layer.data]


def city_map(frame: pd.DataFrame, look: Look, view: MapView, shared: pd.DataFrame | None = None) -> pydeck.Deck:
    """Cities as circles whose area and colour are a measure.

    Args:
        frame: ``city_id, name, country, latitude, longitude`` (degrees) and the measures; cities without
            coordinates are left out; one where the measure is unknown is a small grey dot.
        look: the user's theme.
        view: what is shown, and where.
        shared: pairs of cities that share practices; needed for arcs.
    """
    has_place = frame["latitude"].notna() & frame["longitude"].notna()
    placed = frame if has_place.all() else frame[has_place]
    place = view_of(placed, view.zoom, width=view.width, height=view.height, box=view.box)
    circles = points(placed, look, view.measure, view.chosen, view.shrink, view.scale)
    name_neighbours(circles)
    layers = [_density(placed, look)] if view.density else []
    if view.arcs != "none" and shared is not None:
        drawn = of_city(shared, view.chosen) if view.arcs == "own" else shared
        layers.append(
            pydeck.Layer(
                "ArcLayer",
                arcs_between(drawn, look, view.chosen, box_of(placed, view.zoom)),
                id=ARCS_LAYER,
                get_source_position="from",
                get_target_position="to",
                get_source_color="colour",
                get_target_color="colour",
                get_width="width",
                get_height=0.35,
                pickable=True,
            )
        )
    if view.density:
        for circle in circles:
            circle["fill"][3] //= 2
    edge = {"get_line_color": "line", "get_line_width": "edge", "line_width_units": "'pixels'"}
    layers.append(_circles(CITIES_LAYER, circles, get_fill_color="fill", stroked=True, **edge))
    covered = middles(circles, place.zoom)
    if covered:
        # Nothing is seen there: it only says what is pointed at. It has no colours of its own, which Streamlit would
        # make paler or stronger once a city is clicked.
        layers.append(_circles(MIDDLES_LAYER, covered, opacity=1 / 255, stroked=False))
    return _on_base_map(layers, look, place)


def _circles(name: str, circles: list[dict[str, Any]], **options: Any) -> pydeck.Layer:
    return pydeck.Layer(
        "ScatterplotLayer",
        circles,
        id=name,
        get_position="position",
        get_radius="radius",
        radius_units="'pixels'",
        pickable=True,
        auto_highlight=True,
        # Arcs rise above the ground, and would lie on the cities they join.
        parameters={"depthCompare": "always"},
        **options,
    )


def density_colours(look: Look) -> list[list[int]]:
    """The colours of density from sparse to dense: red, green, blue and opacity, 0-255."""
    return [[*ramp_colour(look, 0.3 + 0.7 * step / 5), 70 + 35 * step] for step in range(6)]


def _density(placed: pd.DataFrame, look: Look) -> pydeck.Layer:
    weights = [
        {"position": [row.longitude, row.latitude], "practices": int(row.practices)}
        for row in rows_of(placed[placed["practices"] > 0])
    ]
    return pydeck.Layer(
        "HeatmapLayer",
        weights,
        id="density",
        get_position="position",
        get_weight="practices",
        radius_pixels=DENSITY_PIXELS,
        intensity=1.5,
        threshold=0.03,
        opacity=0.9,
        color_range=density_colours(look),
    )


def contribution_map(
    network: pd.DataFrame, new: pd.DataFrame, look: Look, *, width: int = 740, height: int = 400
) -> pydeck.Deck:
    """Cities of new practices in colour among those of the network in grey.

    Args:
        network: ``name, country, latitude, longitude`` (degrees) and ``practices`` of each city.
        new: the same of the new practices, and their ``titles``; shown as Europe, or the world where any is elsewhere.
        look: the user's theme.
        width, height: of the map, pixels.
    """
    old_points = [
        _dot(row, UNKNOWN_RADIUS, look.unknown, look, labelled(_("Practices"), number(row.practices)))
        for row in rows_of(network.dropna(subset=["latitude", "longitude"]))
    ]
    placed = new.dropna(subset=["latitude", "longitude"])
    new_points = [
        _dot(row, 5 + 2 * math.sqrt(row.practices), look.amount, look, labelled(_("New"), row.titles))
        for row in rows_of(placed)
    ]
    west, south, east, north = EUROPE
    near = placed["longitude"].between(west, east) & placed["latitude"].between(south, north)
    layers = [
        pydeck.Layer(
            "ScatterplotLayer",
            points,
            id=name,
            get_position="position",
            get_radius="radius",
            radius_units="'pixels'",
            get_fill_color="fill",
            get_line_color="line",
            get_line_width=1,
            line_width_units="'pixels'",
            stroked=True,
            pickable=True,
        )
        for name, points in ((CITIES_LAYER, old_points), ("new", new_points))
    ]
    return _on_base_map(layers, look, view_of(placed, "europe" if near.all() else "world", width=width, height=height))


def _dot(row: Any, size: float, colour: str, look: Look, detail: str) -> dict[str, Any]:
    return {
        "position": [row.longitude, row.latitude],
        "radius": size,
        "fill": [*rgb(colour), 225],
        "line": [*rgb(look.background), 255],
        "head": f"{row.name}, {row.country}",
        "detail": detail,
    }


def _on_base_map(layers: list[pydeck.Layer], look: Look, view: pydeck.ViewState) -> pydeck.Deck:
    style = {"backgroundColor": look.surface, "color": look.text, "fontSize": "13px", "borderRadius": "6px"}
    style |= {"maxWidth": "280px", "whiteSpace": "pre-line"}
    return DrawnDeck(
        layers=layers,
        initial_view_state=view,
        # The base map goes on beyond the antimeridian, and so do the cities on it.
        views=[pydeck.View("MapView", controller=True, repeat=True)],
        map_provider="carto",
        map_style=f"app/static/map-{look.name}.json",
        # Streamlit escapes what it puts in for the names.
        tooltip={"html": "<b>{head}</b><br>{detail}", "style": {**style, "boxShadow": "0 1px 6px rgba(0,0,0,.25)"}},
    )
