"""Where maps look: everything asked for is in view, the smallest box around it, across the antimeridian too."""

from __future__ import annotations

import math
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.drawing.map_views import EUROPE, Zoom, box_of, span_of, turned, view_of
from icc_data.queries.selection import Selection
from tests.helpers.examples import examples
from tests.helpers.placed_cities import cities, city


def place_on_screen(view: Any, latitude: float, longitude: float, width: int, height: int) -> tuple[float, float]:
    """Web Mercator: pixels from the upper left corner."""
    world = 512 * 2**view.zoom

    def y(degrees: float) -> float:
        return math.log(math.tan(math.pi / 4 + math.radians(degrees) / 2)) / (2 * math.pi)

    # The world goes on to both sides: each place lies within half a world of the middle.
    right = ((longitude - view.longitude + 180) % 360 - 180) / 360 * world
    down = (y(view.latitude) - y(latitude)) * world
    return width / 2 + right, height / 2 + down


def is_in_view(view: Any, latitude: float, longitude: float, width: int, height: int) -> bool:
    x, y = place_on_screen(view, latitude, longitude, width, height)
    return 0 <= x <= width and 0 <= y <= height


@examples(40)
@given(data=st.data(), width=st.integers(640, 1600), height=st.integers(320, 900))
def test_the_view_holds_every_city_of_the_selection(
    atlas: duckdb.DuckDBPyConnection, data: st.DataObject, width: int, height: int
):
    frame = queries.cities(atlas, Selection()).dropna(subset=["latitude"])
    size = data.draw(st.integers(1, len(frame)))
    chosen = frame.sample(size, random_state=data.draw(st.integers(0, 9)))
    view = view_of(chosen, "selection", width=width, height=height)
    outside = [
        row.name for row in chosen.itertuples() if not is_in_view(view, row.latitude, row.longitude, width, height)
    ]
    assert outside == []


@examples(40)
@given(data=st.data(), width=st.integers(217, 640), wider=st.integers(0, 900), height=st.integers(240, 540))
def test_a_view_for_a_narrow_map_holds_every_city_of_europe_on_a_wider_one_too(
    atlas: duckdb.DuckDBPyConnection, data: st.DataObject, width: int, wider: int, height: int
):
    frame = queries.cities(atlas, Selection()).dropna(subset=["latitude"])
    europe = frame[frame["longitude"].between(-11, 40) & frame["latitude"].between(34.5, 64)]
    chosen = europe.sample(data.draw(st.integers(1, len(europe))), random_state=data.draw(st.integers(0, 9)))
    view = view_of(chosen, "selection", width=width, height=height)
    for shown in (width, width + wider):
        assert all(is_in_view(view, row.latitude, row.longitude, shown, height) for row in chosen.itertuples())


MERIDIANS = st.lists(st.floats(-180, 180) | st.integers(-180, 180).map(float), min_size=1, max_size=9)


def eastwards(longitude: float, west: float) -> float:
    """Degrees to go east from one meridian to reach another."""
    return (longitude - west) % 360


@given(MERIDIANS)
def test_the_span_around_meridians_passes_all_and_none_is_shorter(longitudes: list[float]):
    west, east = span_of(longitudes)
    assert all(west <= at <= east or west <= at + 360 <= east for at in longitudes)
    # By trying every meridian as the first: how far east the last one is then.
    shortest = min(max(eastwards(at, first) for at in longitudes) for first in longitudes)
    assert east - west == pytest.approx(shortest, abs=1e-6)


@pytest.mark.parametrize(
    ("longitudes", "span"),
    [
        ([-8.0], (-8, -8)),
        ([17.8, -8.0, 2.2], (-8, 17.8)),
        # Auckland, Toronto, Rimouski: the gap from Rimouski east to Auckland is the widest, 243 degrees.
        ([-68.5, -79.4, 174.8], (174.8, 291.5)),
        ([-180.0, 180.0], (180, 180)),
        ([-90.0, 90.0], (-90, 90)),
    ],
)
def test_a_span_crosses_the_antimeridian_only_where_that_is_shorter(longitudes: list[float], span: tuple[int, int]):
    assert span_of(longitudes) == span


@given(MERIDIANS, st.floats(-50, 60))
def test_the_middle_of_the_view_lies_among_the_cities(longitudes: list[float], latitude: float):
    frame = cities(*(city(str(place), latitude=latitude, longitude=at) for place, at in enumerate(longitudes)))
    west, _south, east, _north = box_of(frame, "selection")
    view = view_of(frame, "selection", width=740, height=540)
    assert -180 <= view.longitude < 180
    # From one degree before the west of the box, as rounding may bring the middle of a single city to its other side.
    assert eastwards(view.longitude, west - 1) == pytest.approx((east - west) / 2 + 1, abs=1e-6)


@given(MERIDIANS)
def test_the_box_around_cities_is_the_smallest_up_to_half_the_world(longitudes: list[float]):
    frame = cities(*(city(str(place), longitude=at) for place, at in enumerate(longitudes)))
    west, _south, east, _north = box_of(frame, "selection")
    shortest = span_of(longitudes)
    assert (west, east) == (shortest if shortest[1] - shortest[0] <= 180 else (min(longitudes), max(longitudes)))


def test_cities_of_europe_america_and_asia_are_looked_at_around_europe():
    # Mexico City, Odesa, Seoul, Auckland: 269.5 degrees from Seoul eastwards to Odesa, 273.9 from Mexico to Auckland.
    frame = cities(*(city(str(at), longitude=at) for at in (-99.1, 30.7, 127.0, 174.8)))
    assert view_of(frame, "selection", width=740, height=540).longitude == pytest.approx(37.85)


def test_the_view_of_new_zealand_and_canada_lies_in_the_pacific():
    auckland, toronto = city("auckland", latitude=-36.8, longitude=174.8), city("toronto", longitude=-79.4)
    view = view_of(cities(auckland, toronto), "selection", width=740, height=540)
    # Half way from 174.8 to 280.6 degrees east.
    assert view.longitude == pytest.approx(-132.3)


@pytest.mark.parametrize("height", [270, 540, 900])
def test_the_view_of_the_world_holds_every_city(atlas: duckdb.DuckDBPyConnection, height: int):
    frame = queries.cities(atlas, Selection()).dropna(subset=["latitude"])
    view = view_of(frame, "world", width=740, height=height)
    assert all(is_in_view(view, row.latitude, row.longitude, 740, height) for row in frame.itertuples())


def test_the_view_of_one_city_is_near_but_not_too_near():
    view = view_of(cities(city("a")), "selection", width=740, height=540)
    assert (view.latitude, view.longitude) == (pytest.approx(40), -8)
    assert 5 <= view.zoom <= view.max_zoom


@pytest.mark.parametrize("zoom", ["europe", "selection"])
def test_without_cities_the_map_shows_europe(zoom: Zoom):
    nothing = cities(city("a")).iloc[:0]
    view = view_of(nothing, zoom, width=740, height=540)
    assert is_in_view(view, 64, -11, 740, 540)
    assert is_in_view(view, 34.5, 40, 740, 540)


@pytest.mark.parametrize(("width", "height"), [(358, 270), (358, 360), (560, 270), (560, 540), (697, 540), (1200, 300)])
def test_the_view_of_europe_holds_its_whole_box(width: int, height: int):
    west, south, east, north = EUROPE
    view = view_of(cities(city("a")), "europe", width=width, height=height)
    assert is_in_view(view, north, west, width, height)
    assert is_in_view(view, south, east, width, height)


@given(width=st.integers(320, 1600), height=st.integers(240, 900), zoom=st.sampled_from(["europe", "world"]))
def test_no_view_is_further_out_than_the_base_map_is_drawn(width: int, height: int, zoom: Zoom):
    assert view_of(cities(city("a")), zoom, width=width, height=height).zoom >= 0


def test_a_meridian_a_breath_west_of_the_antimeridian_is_not_turned_beyond_it():
    assert turned(179.99999999999997, 0) == -180
