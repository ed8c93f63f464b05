"""The base map of ``static/`` as SVG paths, for a map that is no screen: projections, frame, coasts, borders."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from icc_data.drawing.map_views import Box, span_of
from icc_data.drawing.palette import Look
from icc_data.paths import STATIC

Points = npt.NDArray[np.float64]
# A frame around one city alone still shows the country it is in: 5 degrees to each side, in radians.
LEAST_REACH = math.radians(5)
# Beyond this distance from its centre a round map is bent out of shape.
WIDEST = 100.0
# The finest step of a line, pixels.
GRAIN = 0.5
_OUTSIDE = 12.0


@dataclass(frozen=True)
class Projection:
    """From degrees to a plane in radians, x to the east and y to the south.

    Attributes:
        longitude, latitude: degrees of the centre of Lambert's azimuthal equal-area projection (Snyder 1987, “Map
            projections: a working manual”, p. 185), the one of the European Union's maps; None for the Equal Earth
            projection of the whole world (Šavrič, Patterson and Jenny 2018).
    """

    longitude: float | None = None
    latitude: float | None = None

    def __call__(self, degrees: Points) -> Points:
        """Places in the plane: ``(n, 2)`` degrees east and north to ``(n, 2)`` x and y."""
        if self.longitude is None or self.latitude is None:
            return _equal_earth(degrees)
        return _azimuthal(degrees, math.radians(self.longitude), math.radians(self.latitude))

    def sees(self, degrees: Points) -> npt.NDArray[np.bool_]:
        """Which of the places are near enough to the centre to be drawn."""
        if self.longitude is None or self.latitude is None:
            return np.ones(len(degrees), dtype=bool)
        return _cosine(degrees, math.radians(self.longitude), math.radians(self.latitude)) > -0.1


def _equal_earth(degrees: Points) -> Points:
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    longitude, latitude = np.radians(degrees).T
    t = np.arcsin(math.sqrt(3) / 2 * np.sin(latitude))
    slope = a1 + 3 * a2 * t**2 + 7 * a3 * t**6 + 9 * a4 * t**8
    x = 2 * math.sqrt(3) / 3 * longitude * np.cos(t) / slope
    return np.column_stack([x, -(a1 * t + a2 * t**3 + a3 * t**7 + a4 * t**9)])


def _cosine(degrees: Points, longitude: float, latitude: float) -> npt.NDArray[np.float64]:
    east, north = np.radians(degrees).T
    cosine: npt.NDArray[np.float64] = math.sin(latitude) * np.sin(north) + math.cos(latitude) * np.cos(north) * np.cos(
        east - longitude
    )
    return cosine


def _azimuthal(degrees: Points, longitude: float, latitude: float) -> Points:
    east, north = np.radians(degrees).T
    # The place opposite of the centre is nowhere: what is near it stays far outside.
    k = np.sqrt(2 / (1 + np.maximum(_cosine(degrees, longitude, latitude), -0.99)))
    x = k * np.cos(north) * np.sin(east - longitude)
    y = k * (math.cos(latitude) * np.sin(north) - math.sin(latitude) * np.cos(north) * np.cos(east - longitude))
    return np.column_stack([x, -y])


@dataclass(frozen=True)
class Frame:
    """A part of the plane on a sheet: the projection, pixels a radian, the plane's point in the middle, pixels."""

    projection: Projection
    scale: float
    middle: tuple[float, float]
    width: float
    height: float

    def pixels(self, degrees: Points) -> Points:
        """Places on the sheet: ``(n, 2)`` degrees east and north to ``(n, 2)`` pixels from the upper left corner."""
        return self.place(self.projection(degrees))

    def place(self, plane: Points) -> Points:
        """Points of the plane on the sheet."""
        corner = np.array([self.width / 2, self.height / 2]) - self.scale * np.array(self.middle)
        return plane * self.scale + corner

    def holds(self, pixels: Points) -> npt.NDArray[np.bool_]:
        """Which points of the sheet lie within the frame."""
        return np.asarray(((pixels >= 0) & (pixels <= [self.width, self.height])).all(axis=1))


def frame_around(degrees: Points, *, width: float, heights: tuple[float, float], room: float = 0.1) -> Frame:
    """The frame that holds places as large as it can, in the projection that suits them.

    Args:
        degrees: ``(n, 2)`` degrees east and north, at least one place.
        width: of the frame, pixels.
        heights: the least and the most that it may be high, pixels; in between it follows the places.
        room: share of the frame that stays free on each side.
    """
    west, east = span_of(degrees[:, 0])
    south, north = degrees[:, 1].min(), degrees[:, 1].max()
    wide = east - west > WIDEST or north - south > WIDEST
    projection = Projection() if wide else Projection((west + east) / 2, (south + north) / 2)
    plane = projection(degrees)
    low, high = plane.min(axis=0), plane.max(axis=0)
    reach = np.maximum((high - low) / 2, LEAST_REACH) / (1 - 2 * room)
    height = float(np.clip(width * reach[1] / reach[0], *heights))
    scale = float(min(width / 2 / reach[0], height / 2 / reach[1]))
    middle = (low + high) / 2
    return Frame(projection, scale, (float(middle[0]), float(middle[1])), width, height)


def outline(box: Box) -> Points:
    """Places all along the edge of a box of degrees (west, south, east, north)."""
    west, south, east, north = box
    steps = np.linspace(0, 1, 25)[:, np.newaxis]
    corners = np.array([[west, south], [east, south], [east, north], [west, north], [west, south]])
    return np.concatenate([a + (b - a) * steps for a, b in pairwise(corners)])


def base_map(frame: Frame, look: Look) -> str:
    """Sea, meridians, coasts, land and borders as SVG, in the colours of the map on the screen."""
    colours = _colours(look.name)
    land = "".join(_paths(frame, _polygons(), closed=True))
    border, undetermined = ("".join(_paths(frame, _borders(kind), closed=False)) for kind in ("border", "undetermined"))
    meridians = "".join(_paths(frame, _meridians(), closed=False))

    def lines(path: str, layer: str, width: float, more: str = "") -> str:
        paint = f'stroke="{colours[layer]}" stroke-width="{width / GRAIN:g}" stroke-linejoin="round"'
        return f'<path d="{path}" fill="none" {paint} {more}/>'

    return "".join(
        (
            f'<rect width="{frame.width:g}" height="{frame.height:g}" fill="{colours["sea"]}"/>',
            f'<g transform="scale({GRAIN})">',
            lines(meridians, "graticule", 0.75),
            # Half of the coast lies beneath the land, so that only its other half, in the sea, is seen.
            lines(land, "coast", 1.4),
            f'<path d="{land}" fill="{colours["land"]}" fill-rule="evenodd"/>',
            lines(border, "borders", 0.7),
            lines(undetermined, "borders", 0.7, 'stroke-dasharray="6 4"'),
            "</g>",
        )
    )


def land_colour(look: Look) -> str:
    """The colour of the land, for what is written on it."""
    return _colours(look.name)["land"]


@cache
def _colours(name: str) -> dict[str, str]:
    style = json.loads((STATIC / f"map-{name}.json").read_text(encoding="utf-8"))
    kinds = ("background-color", "line-color", "fill-color")
    return {
        layer["id"]: next(layer["paint"][kind] for kind in kinds if kind in layer["paint"]) for layer in style["layers"]
    }


def _features(file: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads((STATIC / file).read_text(encoding="utf-8"))["features"]
    return features


@cache
def _polygons() -> tuple[tuple[Points, ...], ...]:
    """Each polygon of the land: its outer ring and its holes."""
    parts = (part for feature in _features("land.geojson") for part in feature["geometry"]["coordinates"])
    return tuple(tuple(np.array(ring) for ring in part) for part in parts)


@cache
def _borders(kind: str) -> tuple[tuple[Points, ...], ...]:
    chosen = (feature for feature in _features("borders.geojson") if feature["properties"]["kind"] == kind)
    return tuple((np.array(line),) for feature in chosen for line in feature["geometry"]["coordinates"])


@cache
def _meridians() -> tuple[tuple[Points, ...], ...]:
    """Meridians and parallels every 15 degrees, with places enough to be bent."""
    along, across = np.linspace(-85, 85, 171), np.linspace(-180, 180, 361)
    meridians = [np.column_stack([np.full_like(along, at), along]) for at in range(-180, 181, 15)]
    parallels = [np.column_stack([across, np.full_like(across, at)]) for at in range(-75, 76, 15)]
    return tuple((line,) for line in (*meridians, *parallels))


def _paths(frame: Frame, shapes: Iterable[tuple[Points, ...]], *, closed: bool) -> Iterable[str]:
    """The path of each shape that is in the frame and large enough to be seen."""
    for shape in shapes:
        if not frame.projection.sees(shape[0]).any():
            continue
        for place, line in enumerate(shape):
            pixels = frame.pixels(line)
            # Specks are left out, with their holes.
            if closed and place == 0 and (np.ptp(pixels, axis=0) < 1).all():
                break
            pixels = _cut(pixels, frame, closed=closed)
            if len(pixels) > 1:
                yield _path(pixels, closed=closed)


def _cut(pixels: Points, frame: Frame, *, closed: bool) -> Points:
    """A line cut along a box a little larger than the frame (Sutherland and Hodgman 1974, one side after another)."""
    for axis, bound, sign in (
        (0, -_OUTSIDE, 1),
        (0, frame.width + _OUTSIDE, -1),
        (1, -_OUTSIDE, 1),
        (1, frame.height + _OUTSIDE, -1),
    ):
        over = sign * (pixels[:, axis] - bound)
        inside, after = over >= 0, np.roll(over, -1)
        if inside.all():
            continue
        crossing = inside != (after >= 0)
        if not closed and len(crossing):
            crossing[-1] = False
        share = np.divide(over, over - after, where=crossing, out=np.zeros_like(over))[:, np.newaxis]
        between = pixels + (np.roll(pixels, -1, axis=0) - pixels) * share
        keep = np.column_stack([inside, crossing]).ravel()
        pixels = np.stack([pixels, between], axis=1).reshape(-1, 2)[keep]
    return pixels


def _path(pixels: Points, *, closed: bool) -> str:
    # Steps in grains: a third of the length of places in pixels.
    grains = np.rint(pixels / GRAIN).astype(int)
    steps = np.diff(grains, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    return f"M{grains[0, 0]} {grains[0, 1]}l{' '.join(map(str, steps.ravel().tolist()))}{'z' if closed else ''}"
