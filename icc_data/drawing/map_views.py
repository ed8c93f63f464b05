"""Where a map looks, and how large its circles are there."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import pandas as pd
import pydeck

from icc_data.cells import is_known
from icc_data.drawing.map_measures import Measure

Zoom = Literal["europe", "world", "selection"]
Arcs = Literal["none", "own", "all"]
Box = tuple[float, float, float, float]

# West, south, east and north of what is shown, in degrees; a box across the antimeridian ends east of 180.
EUROPE: Box = (-11.0, 34.5, 40.0, 64.0)
WORLD: Box = (-125.0, -48.0, 178.0, 66.0)
# Of Web Mercator at zoom 0, in pixels.
WORLD_WIDTH = 512
_COMMON_HEIGHT = 540
# Closer, the land of the base map is drawn too coarsely to tell where a city lies.
CLOSEST = 5.0
# Degrees. A map of more than half the world is looked at around Europe, where most of the network is.
WIDEST_CROSSING = 180
# Free of the middles of circles, in pixels of both sides together.
CIRCLE_ROOM = 64


@dataclass(frozen=True)
class MapView:
    """What a map of cities shows, and where it looks.

    Attributes:
        measure: what size and colour of the circles show.
        zoom: where the map looks.
        arcs: which cities are joined with those that they carry a practice together with: none, ``chosen``, or all.
        density: whether it is shaded where practices are dense; circles are smaller and paler then.
        chosen: the city to ring.
        width, height: of the map, pixels.
        box: what is shown instead of what ``zoom`` means, as on the map beside it; None for that.
        scale: the least and the most that circles stand for, as on the map beside it; None for those of its cities.
    """

    measure: Measure
    zoom: Zoom = "europe"
    arcs: Arcs = "none"
    density: bool = False
    chosen: str | None = None
    width: int = 740
    height: int = 540
    box: Box | None = None
    scale: tuple[float, float] | None = None

    @property
    def shrink(self) -> float:
        """The factor on the sizes of circles; see ``shrink_of``."""
        return shrink_of(self.zoom, self.height, density=self.density)


def view_of(frame: pd.DataFrame, zoom: Zoom, *, width: int, height: int, box: Box | None = None) -> pydeck.ViewState:
    """Where the map looks: Europe, the world, or just wide enough for the cities of the frame.

    Args:
        frame: the cities, with ``latitude`` and ``longitude`` in degrees.
        zoom: which of the three.
        width, height: of the map, pixels.
        box: what is shown instead; None for what ``zoom`` means.
    """
    west, south, east, north = box or box_of(frame, zoom)
    north_y, south_y = mercator(north), mercator(south)
    # Around the cities there is room for their circles, around a part of the world a little.
    room_x, room_y = (min(CIRCLE_ROOM / side, 0.3) if zoom == "selection" else 0.1 for side in (width, height))
    zoom_x = math.log2(width * (1 - room_x) / WORLD_WIDTH * 360 / max(east - west, 0.02))
    zoom_y = math.log2(height * (1 - room_y) / WORLD_WIDTH * 2 * math.pi / max(north_y - south_y, 0.0005))
    # Further out, the base map would be lower than its frame and cities come off their places; below 0 it is not drawn.
    least = min(max(math.log2(height / WORLD_WIDTH), 0.0), 0.3)
    level = max(least, min(zoom_x, zoom_y, CLOSEST))
    room = max(math.pi - math.pi * height / (WORLD_WIDTH * 2**level), 0.0)
    middle = min(max((north_y + south_y) / 2, -room), room)
    return pydeck.ViewState(
        latitude=math.degrees(2 * math.atan(math.exp(middle)) - math.pi / 2),
        longitude=turned((west + east) / 2, 0),
        zoom=level,
        min_zoom=least,
        max_zoom=9,
    )


def box_of(frame: pd.DataFrame, zoom: Zoom) -> Box:
    """West, south, east and north, in degrees, of what the map shows.

    Args:
        frame: the cities, with ``latitude`` and ``longitude`` in degrees.
        zoom: Europe, the world, or the smallest box around the cities, if that is wider than ``WIDEST_CROSSING`` the
            smallest that does not cross the antimeridian; Europe where no city has a place.
    """
    if zoom != "selection":
        return WORLD if zoom == "world" else EUROPE
    sides = zip(frame["longitude"].tolist(), frame["latitude"].tolist(), strict=True)
    placed = [(x, y) for x, y in sides if is_known(x) and is_known(y)]
    if not placed:
        return EUROPE
    longitudes, latitudes = zip(*placed, strict=True)
    west, east = span_of(longitudes)
    if east - west > WIDEST_CROSSING:
        west, east = float(min(longitudes)), float(max(longitudes))
    return west, float(min(latitudes)), east, float(max(latitudes))


def span_of(longitudes: Iterable[float]) -> tuple[float, float]:
    """The shortest way eastwards that passes all of some meridians: everything but the widest gap between neighbours.

    Args:
        longitudes: degrees from -180 to 180, at least one.

    Returns:
        Where it begins, and where it ends: across the antimeridian east of 180, never more than 360 further on. Of two
        as short, the one that does not cross it.
    """
    around = sorted(set(map(float, longitudes)))
    gaps = [(after - before, before, after) for before, after in pairwise(around)]
    widest, before, after = max(gaps, default=(0.0, 0.0, 0.0))
    return (after, before + 360) if widest > around[0] + 360 - around[-1] else (around[0], around[-1])


def turned(longitude: float, middle: float) -> float:
    """The same meridian less than half a turn from another one, both in degrees."""
    # What rounding takes beyond the half turn is given back.
    return max(longitude - 360 * math.floor((longitude - middle + 180) / 360), middle - 180)


def mercator(latitude: float) -> float:
    """The way north of the equator on a Web Mercator map, in radians of its width, of a latitude in degrees."""
    return math.log(math.tan(math.pi / 4 + math.radians(min(max(latitude, -85), 85)) / 2))


def in_europe(longitude: float, latitude: float) -> bool:
    """Whether a place in degrees lies in what is shown as Europe."""
    west, south, east, north = EUROPE
    return west <= longitude <= east and south <= latitude <= north


def shrink_of(zoom: Zoom, height: int, *, density: bool = False) -> float:
    """The factor on the sizes of circles: smaller on a small map, where the world is shown, and on shading.

    Args:
        zoom: where the map looks.
        height: of the map, pixels.
        density: whether density is shaded.
    """
    return min(1.0, math.sqrt(height / _COMMON_HEIGHT)) * (0.6 if zoom == "world" else 1) * (0.35 if density else 1)
