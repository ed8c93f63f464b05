"""Maps: sizes tell amounts truly, everything asked for is in view, and nothing comes from elsewhere."""

from __future__ import annotations

import json
import math
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icc_data import queries
from icc_data.maps import (
    LARGEST,
    MEASURES,
    SMALLEST,
    UNKNOWN_RADIUS,
    Measure,
    Zoom,
    city_map,
    legend,
    radius,
    scale_of,
    share_of,
    view_of,
)
from icc_data.palette import DARK, LIGHT, Look, rgb
from icc_data.selection import Selection

PRACTICES = MEASURES["practices"]
JOINED = MEASURES["joined_year"]
LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)


def city(city_id: str, practices: float = 1, **cells: Any) -> dict[str, Any]:
    known = {"name": city_id.title(), "country": "Portugal", "latitude": 40.0, "longitude": -8.0, "policy_areas": 1}
    numbers = {"joined_year": None, "index_score": None, "index_year": None, "foreign_born_pct": None}
    return {"city_id": city_id, "practices": practices, "diversity_year": None, **known, **numbers, **cells}


def cities(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(rows)


def arc(**cells: Any) -> dict[str, Any]:
    ends = {"from_id": "a", "from_name": "A", "from_latitude": 40.0, "from_longitude": -8.0}
    ends |= {"to_id": "b", "to_name": "B", "to_latitude": 41.0, "to_longitude": -7.0}
    return {**ends, "practices": 2, "titles": "One; Two", **cells}


def layers(deck: Any) -> dict[str, dict[str, Any]]:
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def points(frame: pd.DataFrame, measure: Measure = PRACTICES, **options: Any) -> dict[str, dict[str, Any]]:
    layer = layers(city_map(frame, LIGHT, measure, **options))["cities"]
    return {point["city_id"]: point for point in layer["data"]}


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_area_of_a_circle_grows_linearly_with_the_amount(one: float, other: float):
    middle = radius((one + other) / 2) ** 2
    assert middle == pytest.approx((radius(one) ** 2 + radius(other) ** 2) / 2)


def test_circles_go_from_the_smallest_to_the_largest():
    assert (radius(0), radius(1)) == (SMALLEST, LARGEST)


@given(st.floats(-10, 200), st.floats(0, 50), st.floats(60, 100))
def test_the_place_on_a_scale_is_between_0_and_1(value: float, low: float, high: float):
    assert 0 <= share_of(value, (low, high)) <= 1
    assert (share_of(low, (low, high)), share_of(high, (low, high))) == (0, 1)


def test_amounts_are_scaled_from_zero_and_years_from_the_first():
    frame = cities(city("a", 5, joined_year=2008), city("b", 20, joined_year=2020))
    assert scale_of(frame, PRACTICES) == (0, 20)
    assert scale_of(frame, JOINED) == (2008, 2020)


def test_a_scale_of_nothing_known_or_of_one_value_has_a_width():
    assert scale_of(cities(city("a")), JOINED) == (0, 1)
    assert scale_of(cities(city("a", joined_year=2008)), JOINED) == (2008, 2009)


def test_more_practices_make_a_larger_circle():
    found = points(cities(city("little", 1), city("much", 20)))
    assert UNKNOWN_RADIUS < found["little"]["radius"] < found["much"]["radius"] == LARGEST


@LOOKS
def test_what_is_not_known_is_a_small_grey_dot(look: Look):
    frame = cities(city("known", joined_year=2010), city("unknown"))
    layer = layers(city_map(frame, look, JOINED))["cities"]
    grey = next(point for point in layer["data"] if point["city_id"] == "unknown")
    assert grey["fill"][:3] == list(rgb(look.unknown))
    assert grey["radius"] == UNKNOWN_RADIUS
    assert "not known" in grey["detail"]


def test_a_city_without_practices_is_grey_too():
    found = points(cities(city("a", 0), city("b", 3)))
    assert found["a"]["fill"][:3] == list(rgb(LIGHT.unknown))
    assert "Practices: 0" in found["a"]["detail"]


def test_the_first_joining_year_is_known_and_not_grey():
    found = points(cities(city("first", joined_year=2008), city("last", joined_year=2020)), JOINED)
    assert found["first"]["fill"][:3] != list(rgb(LIGHT.unknown))


@pytest.mark.parametrize("missing", [{"latitude": None}, {"longitude": None}, {"latitude": None, "longitude": None}])
def test_cities_without_coordinates_are_left_out(missing: dict[str, Any]):
    assert set(points(cities(city("a"), city("nowhere", **missing)))) == {"a"}


def test_small_circles_lie_on_large_ones_and_unknown_ones_below_all():
    order = list(points(cities(city("small", 1), city("none", 0), city("large", 9), city("middle", 4))))
    assert order == ["none", "large", "middle", "small"]


def test_the_chosen_city_is_ringed():
    found = points(cities(city("a"), city("b")), chosen="a")
    assert found["a"]["edge"] > found["b"]["edge"]
    assert found["a"]["line"][:3] == list(rgb(LIGHT.text))


def test_a_tooltip_says_the_value_with_its_unit_and_year():
    measure = MEASURES["foreign_born_pct"]
    frame = cities(city("a", 1234, foreign_born_pct=14.5, diversity_year=2011), city("b", foreign_born_pct=3.0))
    found = points(frame, measure)
    assert found["a"]["detail"] == "Born abroad: 14.5 % (2011) · Practices: 1,234"
    assert found["b"]["detail"].startswith("Born abroad: 3.0 % · ")


def test_a_year_is_written_without_separators():
    assert points(cities(city("a", joined_year=2010.0)), JOINED)["a"]["detail"].startswith("Joining year: 2010 ·")


def test_tooltips_are_plain_texts_put_into_a_fixed_template():
    deck = json.loads(city_map(cities(city("a", name="<i>A")), LIGHT, PRACTICES).to_json())
    assert "tooltip" not in deck["layers"][-1]["data"][0]
    assert deck["layers"][-1]["data"][0]["head"].startswith("<i>A, ")
    drawn = city_map(cities(city("a")), LIGHT, PRACTICES)
    assert drawn._tooltip["html"] == "<b>{head}</b><br>{detail}"


def test_shared_practices_are_arcs_between_cities_that_have_a_place():
    shared = pd.DataFrame([arc(), arc(to_id="c", to_latitude=None, to_longitude=None)])
    (drawn,) = layers(city_map(cities(city("a")), LIGHT, PRACTICES, shared=shared))["arcs"]["data"]
    assert (drawn["from"], drawn["to"]) == ([-8.0, 40.0], [-7.0, 41.0])
    assert "Shared practices: 2" in drawn["detail"]


def test_the_arcs_of_the_chosen_city_stand_out():
    shared = pd.DataFrame([arc(), arc(from_id="x", to_id="y")])
    own, other = layers(city_map(cities(city("a")), LIGHT, PRACTICES, shared=shared, chosen="a"))["arcs"]["data"]
    assert own["colour"][3] > other["colour"][3]


def test_density_is_drawn_from_known_amounts_only():
    found = layers(city_map(cities(city("a", 3), city("b", 0)), LIGHT, PRACTICES, density=True))
    assert [point["city_id"] for point in found["density"]["data"]] == ["a"]


@LOOKS
@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_nothing_of_a_map_comes_from_another_server(atlas: duckdb.DuckDBPyConnection, look: Look, measure: Measure):
    shared = queries.shared_practices(atlas, Selection())
    deck = city_map(queries.cities(atlas, Selection()), look, measure, shared=shared, density=True)
    assert deck.map_style == f"app/static/map-{look.name}.json"
    text = deck.to_json()
    assert "http" not in text
    assert "NaN" not in text


def test_a_map_of_no_cities_is_a_map(atlas: duckdb.DuckDBPyConnection):
    nothing = queries.cities(atlas, Selection(q="zzzzzz"))
    assert layers(city_map(nothing, LIGHT, PRACTICES, zoom="selection"))["cities"]["data"] == []


def place_on_screen(view: Any, latitude: float, longitude: float, width: int, height: int) -> tuple[float, float]:
    """Web Mercator: pixels from the upper left corner."""
    world = 512 * 2**view.zoom

    def y(degrees: float) -> float:
        return math.log(math.tan(math.pi / 4 + math.radians(degrees) / 2)) / (2 * math.pi)

    right = (longitude - view.longitude) / 360 * world
    down = (y(view.latitude) - y(latitude)) * world
    return width / 2 + right, height / 2 + down


def is_in_view(view: Any, latitude: float, longitude: float, width: int, height: int) -> bool:
    x, y = place_on_screen(view, latitude, longitude, width, height)
    return 0 <= x <= width and 0 <= y <= height


@settings(max_examples=40)
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


@LOOKS
@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_the_legend_goes_from_little_to_much_and_ends_with_what_is_not_known(
    atlas: duckdb.DuckDBPyConnection, look: Look, measure: Measure
):
    *known, unknown = legend(queries.cities(atlas, Selection()), look, measure)
    diameters = [entry.diameter for entry in known]
    assert len(known) >= 2
    assert diameters == sorted(set(diameters))
    assert (unknown.colour, unknown.diameter) == (look.unknown, 2 * UNKNOWN_RADIUS)
    assert "not known" in unknown.words


def test_the_legend_shows_circles_as_the_map_draws_them():
    frame = cities(city("a", 5), city("b", 20))
    largest = legend(frame, LIGHT, PRACTICES)[-2]
    drawn = points(frame)["b"]
    assert largest.words == "20"
    assert largest.diameter == pytest.approx(2 * drawn["radius"])
    assert list(rgb(largest.colour)) == drawn["fill"][:3]


def test_the_legend_of_nothing_known_says_so_last():
    assert legend(cities(city("a")), LIGHT, JOINED)[-1].words == "not known"
