"""From a DataFrame to a pydeck deck over the base map that the app serves itself."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import pandas as pd
import pydeck

from icc_data.frames import rows
from icc_data.i18n import mark, number
from icc_data.i18n import translate as _
from icc_data.palette import RGB, Look, ramp_colour, rgb

Zoom = Literal["europe", "world", "selection"]
CITIES_LAYER = "cities"
ARCS_LAYER = "arcs"
SMALLEST, LARGEST = 4.0, 22.0
UNKNOWN_RADIUS = 3.0


@dataclass(frozen=True)
class Measure:
    """A number of each city that a map can show.

    Attributes:
        column: where it stands in the frame of cities.
        label: what it is called, in English, for the catalogue.
        unit: what follows a value.
        year_column: where the year of the value stands, if it has one.
        from_zero: whether sizes and colours begin at zero, or at the least value.
        digits: decimals.
        is_year: a year is written without separators.
    """

    column: str
    label: str
    unit: str = ""
    year_column: str = ""
    from_zero: bool = True
    digits: int = 0
    is_year: bool = False

    def words(self, value: float | None) -> str:
        """A value with its unit, or that it is not known."""
        if value is None or pd.isna(value):
            return _("not known")
        text = str(int(value)) if self.is_year else number(value, self.digits)
        return text + _(self.unit)


MEASURES: dict[str, Measure] = {
    measure.column: measure
    for measure in (
        Measure("practices", mark("Practices")),
        Measure("policy_areas", mark("Policy areas covered")),
        Measure("joined_year", mark("Joining year"), from_zero=False, is_year=True),
        Measure("index_score", mark("Latest Index score"), unit=mark(" of 100"), year_column="index_year"),
        Measure("foreign_born_pct", mark("Born abroad"), unit=mark(" %"), year_column="diversity_year", digits=1),
    )
}

# West, south, east and north of what is shown, in degrees.
EUROPE = (-11.0, 34.5, 40.0, 64.0)
WORLD = (-125.0, -48.0, 178.0, 66.0)


def scale_of(frame: pd.DataFrame, measure: Measure) -> tuple[float, float]:
    """The least and the most of a measure, as sizes and colours use them; (0, 1) where nothing is known."""
    values = frame[measure.column].dropna()
    if values.empty:
        return 0.0, 1.0
    low = 0.0 if measure.from_zero else float(values.min())
    return low, max(float(values.max()), low + 1)


def share_of(value: float, scale: tuple[float, float]) -> float:
    """The place of a value between the least (0) and the most (1)."""
    low, high = scale
    return min(max((value - low) / (high - low), 0.0), 1.0)


def radius(share: float) -> float:
    """Pixels for a place on the scale; the area of the circle, not its radius, grows with the amount."""
    return math.sqrt(SMALLEST**2 + (LARGEST**2 - SMALLEST**2) * share)


def _detail(row: Any, measure: Measure) -> str:
    value = getattr(row, measure.column)
    year = getattr(row, measure.year_column) if measure.year_column else None
    said = measure.words(value) + (f" ({int(year)})" if pd.notna(year) and pd.notna(value) and year else "")
    facts = [f"{_(measure.label)}: {said}"]
    if measure.column != "practices":
        facts.append(f"{_('Practices')}: {number(row.practices)}")
    return " · ".join(facts)


def points(
    frame: pd.DataFrame, look: Look, measure: Measure, chosen: str | None, shrink: float
) -> list[dict[str, Any]]:
    """Each city of a frame as a circle: where, how large (pixels), which colours, and what it says.

    Args:
        frame: cities with coordinates, as ``queries.cities`` gives them.
        look: the user's theme.
        measure: what size and colour show.
        chosen: the city to ring.
        shrink: factor on all sizes.
    """
    scale = scale_of(frame, measure)
    circles = []
    for row in rows(frame):
        value = getattr(row, measure.column)
        # No practice is an amount of nothing, drawn like what is not known: a small grey ring.
        known = pd.notna(value) and not (measure.from_zero and value == 0)
        share = share_of(float(value), scale) if known else 0.0
        colour = _colour(look, share) if known else rgb(look.unknown)
        circles.append(
            {
                "city_id": row.city_id,
                "name": row.name,
                "position": [row.longitude, row.latitude],
                "radius": (radius(share) if known else UNKNOWN_RADIUS) * shrink,
                "fill": [*colour, 215 if known else 150],
                "line": [*rgb(look.text if row.city_id == chosen else look.background), 255],
                "edge": 3.5 if row.city_id == chosen else 1,
                "weight": float(value) if known else 0.0,
                "head": f"{row.name}, {row.country}",
                "detail": _detail(row, measure),
            }
        )
    # Small circles lie on large ones, which would hide them; what is not known lies below all.
    return sorted(circles, key=lambda point: (point["weight"] > 0, -point["radius"]))


def _arcs(shared: pd.DataFrame, look: Look, chosen: str | None) -> list[dict[str, Any]]:
    placed = shared.dropna(subset=["from_latitude", "to_latitude"])
    any_touched = chosen is not None and bool(((placed["from_id"] == chosen) | (placed["to_id"] == chosen)).any())
    arcs = []
    for row in rows(placed):
        # With a city chosen, its own arcs stand out and the others step back.
        strong = not any_touched or chosen in (row.from_id, row.to_id)
        count = _("Shared practices: {count}").format(count=number(row.practices))
        arcs.append(
            {
                "from": [row.from_longitude, row.from_latitude],
                "to": [row.to_longitude, row.to_latitude],
                "width": 0.8 + min(row.practices, 6) * 0.5,
                "colour": [*rgb(look.commitments["trust"]), (220 if any_touched else 110) if strong else 25],
                "head": f"{row.from_name} – {row.to_name}",
                "detail": f"{count} · {row.titles[:160]}",
            }
        )
    return arcs


def view_of(frame: pd.DataFrame, zoom: Zoom, *, width: int, height: int) -> pydeck.ViewState:
    """Where the map looks: Europe, the world, or just wide enough for the cities of the frame.

    Args:
        frame: the cities, with ``latitude`` and ``longitude`` in degrees.
        zoom: which of the three.
        width, height: of the map, pixels.
    """
    placed = frame.dropna(subset=["latitude", "longitude"])
    if zoom == "selection" and not placed.empty:
        box = (placed["longitude"].min(), placed["latitude"].min(), placed["longitude"].max(), placed["latitude"].max())
    else:
        box = WORLD if zoom == "world" else EUROPE
    west, south, east, north = box
    north_y, south_y = _mercator(north), _mercator(south)
    # The world is 512 pixels wide at zoom 0; a tenth of the frame stays free around the cities.
    zoom_x = math.log2(width * 0.9 / 512 * 360 / max(east - west, 0.02))
    zoom_y = math.log2(height * 0.9 / 512 * 2 * math.pi / max(north_y - south_y, 0.0005))
    latitude = math.degrees(2 * math.atan(math.exp((north_y + south_y) / 2)) - math.pi / 2)
    return pydeck.ViewState(
        latitude=latitude,
        longitude=(west + east) / 2,
        zoom=max(0.3, min(zoom_x, zoom_y, 8.0)),
        min_zoom=0.3,
        max_zoom=9,
    )


@dataclass(frozen=True)
class LegendEntry:
    """One circle of a legend: its diameter in pixels, its colour as ``#rrggbb``, and what it stands for."""

    diameter: float
    colour: str
    words: str


def legend(frame: pd.DataFrame, look: Look, measure: Measure) -> list[LegendEntry]:
    """What the circles of a map mean, from little to much, and the one for what is not known.

    Args:
        frame: the cities of the map.
        look: the user's theme.
        measure: what size and colour show.
    """
    scale = scale_of(frame, measure)
    low, high = scale
    values = sorted({round(low + (high - low) * share) for share in (0.04, 0.25, 0.6, 1.0)})
    entries = []
    for value in values:
        if value > 0:
            share = share_of(value, scale)
            colour = "#" + "".join(f"{channel:02x}" for channel in _colour(look, share))
            entries.append(LegendEntry(2 * radius(share), colour, measure.words(value)))
    nothing = _("none, or not known") if measure.from_zero else _("not known")
    return [*entries, LegendEntry(2 * UNKNOWN_RADIUS, look.unknown, nothing)]


def _colour(look: Look, share: float) -> RGB:
    # The palest shades of the ramp are those of the land.
    return ramp_colour(look, 0.25 + 0.75 * share)


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(min(max(latitude, -85), 85)) / 2))


class DrawnDeck(pydeck.Deck):  # type: ignore[misc]
    """A deck that is put into words once, however often it is shown."""

    @cached_property
    def _json(self) -> str:
        # As small as it goes: it travels to the browser.
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"))

    def to_json(self) -> str:
        """The deck as deck.gl reads it."""
        return self._json


def city_map(
    frame: pd.DataFrame,
    look: Look,
    measure: Measure,
    *,
    zoom: Zoom = "europe",
    shared: pd.DataFrame | None = None,
    density: bool = False,
    chosen: str | None = None,
    width: int = 740,
    height: int = 540,
) -> pydeck.Deck:
    """Cities as circles whose area and colour are a measure.

    Args:
        frame: ``city_id, name, country, latitude, longitude`` (degrees) and the measures; cities without
            coordinates are left out.
        look: the user's theme.
        measure: what size and colour show; a city where it is unknown is a small grey dot.
        zoom: where the map looks.
        shared: pairs of cities that share practices, drawn as arcs.
        density: also shade where the measure is dense.
        chosen: the city to ring.
        width, height: of the map, pixels.
    """
    placed = frame.dropna(subset=["latitude", "longitude"])
    circles = points(placed, look, measure, chosen, min(1.0, math.sqrt(height / 540)))
    layers = []
    if density:
        layers.append(
            pydeck.Layer(
                "HeatmapLayer",
                [point for point in circles if point["weight"]],
                id="density",
                get_position="position",
                get_weight="weight",
                radius_pixels=60,
                intensity=2.5,
                threshold=0.02,
                opacity=0.75,
                color_range=[list(ramp_colour(look, step / 5)) for step in range(6)],
            )
        )
    if shared is not None:
        layers.append(
            pydeck.Layer(
                "ArcLayer",
                _arcs(shared, look, chosen),
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
    layers.append(
        pydeck.Layer(
            "ScatterplotLayer",
            circles,
            id=CITIES_LAYER,
            get_position="position",
            get_radius="radius",
            radius_units="'pixels'",
            get_fill_color="fill",
            get_line_color="line",
            get_line_width="edge",
            line_width_units="'pixels'",
            stroked=True,
            pickable=True,
            auto_highlight=True,
        )
    )
    return _on_base_map(layers, look, view_of(placed, zoom, width=width, height=height))


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
        _dot(row, UNKNOWN_RADIUS, look.unknown, look, f"{_('Practices')}: {number(row.practices)}")
        for row in rows(network.dropna(subset=["latitude", "longitude"]))
    ]
    placed = new.dropna(subset=["latitude", "longitude"])
    new_points = [
        _dot(row, 5 + 2 * math.sqrt(row.practices), look.amount, look, f"{_('New')}: {row.titles}")
        for row in rows(placed)
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
    return DrawnDeck(
        layers=layers,
        initial_view_state=view,
        map_provider="carto",
        map_style=f"app/static/map-{look.name}.json",
        # Streamlit escapes what it puts in for the names.
        tooltip={"html": "<b>{head}</b><br>{detail}", "style": {**style, "boxShadow": "0 1px 6px rgba(0,0,0,.25)"}},
    )
