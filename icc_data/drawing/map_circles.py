"""Cities as the circles of a map: where, how large, which colours, what each says, and the legend."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from icc_data.cells import rows_of
from icc_data.drawing.map_measures import Measure, round_values, scale_of, share_of
from icc_data.drawing.map_views import WORLD_WIDTH, mercator
from icc_data.drawing.palette import RGB, Look, ramp_colour, rgb
from icc_data.i18n import enumeration, labelled, number, translate_plural
from icc_data.i18n import translate as _

SMALLEST, LARGEST = 4.0, 22.0
UNKNOWN_RADIUS = 3.0
LEAST_RADIUS = 1.5
# Cities nearer to each other than this can hardly be told apart on a map of a continent, so each names the others.
NEIGHBOURS_KM = 25
NAMED_NEIGHBOURS = 4
EARTH_KM = 6371


def radius(share: float) -> float:
    """Pixels for a place on the scale; the area of the circle, not its radius, grows with the amount."""
    return math.sqrt(SMALLEST**2 + (LARGEST**2 - SMALLEST**2) * share)


def _detail(row: Any, measure: Measure) -> str:
    facts = [labelled(_(measure.label), measure.said(row))]
    if measure.column != "practices":
        facts.append(labelled(_("Practices"), number(row.practices)))
    return " · ".join(facts)


def points(
    frame: pd.DataFrame,
    look: Look,
    measure: Measure,
    chosen: str | None,
    shrink: float,
    scale: tuple[float, float] | None = None,
) -> list[dict[str, Any]]:
    """Each city of a frame as a circle: where, how large (pixels), which colours, and what it says.

    Args:
        frame: cities with coordinates, as ``queries.cities`` gives them.
        look: the user's theme.
        measure: what size and colour show.
        chosen: the city to ring.
        shrink: factor on all sizes.
        scale: the least and the most that sizes and colours stand for; None for those of the frame.
    """
    scale = scale or scale_of(frame, measure)
    circles = []
    colours: dict[float, RGB] = {}
    unknown, edge, edge_of_chosen = rgb(look.unknown), rgb(look.background), rgb(look.text)
    for row in rows_of(frame):
        has_value = measure.shows(getattr(row, measure.column))
        value = float(getattr(row, measure.column)) if has_value else 0.0
        share = share_of(value, scale) if has_value else 0.0
        # Most cities have one of a few amounts.
        if has_value and share not in colours:
            colours[share] = colour_of(look, share)
        colour = colours[share] if has_value else unknown
        circles.append(
            {
                "city_id": row.city_id,
                "name": row.name,
                "position": [row.longitude, row.latitude],
                "radius": _size(share if has_value else None, shrink),
                "fill": [*colour, 215],
                "line": [*(edge_of_chosen if row.city_id == chosen else edge), 255],
                "edge": 3.5 if row.city_id == chosen else 1,
                "weight": value,
                "head": f"{row.name}, {row.country}",
                "detail": _detail(row, measure),
            }
        )
    # Small circles lie on large ones, which would hide them; what there is nothing to show of lies below all.
    return sorted(circles, key=lambda point: (point["weight"] > 0, -point["radius"]))


def _size(share: float | None, shrink: float) -> float:
    return max((UNKNOWN_RADIUS if share is None else radius(share)) * shrink, LEAST_RADIUS)


def name_neighbours(circles: list[dict[str, Any]]) -> None:
    """Let each circle say which cities lie near it: on a map of a continent they cover each other."""
    if not circles:
        return
    longitude, latitude = np.radians(np.array([circle["position"] for circle in circles], dtype=float)).T
    # The haversine formula (Sinnott 1984, "Virtues of the haversine").
    half = (
        np.sin((latitude[:, None] - latitude) / 2) ** 2
        + np.cos(latitude[:, None]) * np.cos(latitude) * np.sin((longitude[:, None] - longitude) / 2) ** 2
    )
    kilometres = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    near = (kilometres <= NEIGHBOURS_KM) & ~np.eye(len(circles), dtype=bool)
    order = sorted(range(len(circles)), key=lambda place: (-circles[place]["radius"], circles[place]["name"]))
    in_order = near[:, order]
    for place in np.flatnonzero(near.any(axis=1)):
        names = [circles[order[other]]["name"] for other in np.flatnonzero(in_order[place])]
        circles[place]["detail"] += "\n" + _("Within {distance} km: {names}").format(
            distance=number(NEIGHBOURS_KM), names=_first_of(names)
        )


def _first_of(names: list[str]) -> str:
    more = len(names) - NAMED_NEIGHBOURS
    # "and 1 more" is no shorter than the name.
    if more <= 1:
        return enumeration(names)
    rest = translate_plural("{count} more", "{count} more", more).format(count=number(more))
    return enumeration([*names[:NAMED_NEIGHBOURS], rest])


def middles(circles: list[dict[str, Any]], zoom: float) -> list[dict[str, Any]]:
    """The middles of circles that smaller ones cover: what is pointed at there is the larger one.

    Args:
        circles: the answer of ``points``, lowest first.
        zoom: of the map, as Web Mercator counts it.
    """
    pixels = WORLD_WIDTH * 2**zoom
    at = np.array([[x / 360, mercator(y) / (2 * math.pi)] for x, y in (circle["position"] for circle in circles)])
    at = at.reshape(-1, 2) * pixels
    sizes = np.array([circle["radius"] for circle in circles])
    apart = np.hypot(at[:, None, 0] - at[:, 0], at[:, None, 1] - at[:, 1])
    covered = []
    for circle, reached in zip(circles, np.triu(apart < sizes, 1), strict=True):
        if circle["weight"] and reached.any():
            kept = {name: circle[name] for name in ("city_id", "name", "position", "head", "detail")}
            covered.append({**kept, "radius": max(circle["radius"] / 4, LEAST_RADIUS)})
    # Of two in one place, the larger is meant.
    return sorted(covered, key=lambda middle: middle["radius"])


@dataclass(frozen=True)
class LegendEntry:
    """One circle of a legend: its diameter in pixels, its colour as ``#rrggbb``, and what it stands for."""

    diameter: float
    colour: str
    words: str


def legend(
    frame: pd.DataFrame,
    look: Look,
    measure: Measure,
    *,
    shrink: float = 1.0,
    scale: tuple[float, float] | None = None,
) -> list[LegendEntry]:
    """What the circles of a map mean, from little to much, and, where one is on it, the one for what there is
    nothing to show of.

    Args:
        frame: the cities of the map.
        look: the user's theme.
        measure: what size and colour show.
        shrink: factor on all sizes, as on the map.
        scale: the least and the most that sizes and colours stand for; None for those of the frame.
    """
    scale = scale or scale_of(frame, measure)
    entries = []
    for value in round_values(frame, measure):
        share = share_of(value, scale)
        colour = "#" + "".join(f"{channel:02x}" for channel in colour_of(look, share))
        entries.append(LegendEntry(2 * _size(share, shrink), colour, measure.words(round(value, measure.digits))))
    on_map = frame.dropna(subset=["latitude", "longitude"])
    if entries and measure.shown(on_map).all():
        return entries
    return [*entries, LegendEntry(2 * _size(None, shrink), look.unknown, measure.nothing())]


def colour_of(look: Look, share: float) -> RGB:
    """The colour of a place on the scale between 0 and 1."""
    # The palest shades of the ramp are those of the land.
    return ramp_colour(look, 0.25 + 0.75 * share)
