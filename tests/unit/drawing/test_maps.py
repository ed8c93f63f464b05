"""Maps: sizes tell amounts truly, everything asked for is in view, and nothing comes from elsewhere."""

from __future__ import annotations

import json
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.drawing.map_arcs import arc_colour, pairs_in_words, strongest_pairs
from icc_data.drawing.map_circles import LARGEST, SMALLEST, UNKNOWN_RADIUS, legend, radius
from icc_data.drawing.map_measures import MEASURES, Measure, scale_of, share_of
from icc_data.drawing.map_views import MapView, Zoom, shrink_of
from icc_data.drawing.maps import city_map
from icc_data.drawing.palette import DARK, LIGHT, Look, rgb
from icc_data.queries.selection import Selection
from tests.helpers.placed_cities import cities, city

PRACTICES = MEASURES["practices"]
JOINED = MEASURES["joined_year"]
INDEX = MEASURES["index_score"]
LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)


def arc(**cells: Any) -> dict[str, Any]:
    ends = {"from_id": "a", "from_name": "A", "from_latitude": 40.0, "from_longitude": -8.0}
    ends |= {"to_id": "b", "to_name": "B", "to_latitude": 41.0, "to_longitude": -7.0}
    return {**ends, "practices": 2, "titles": "One; Two", **cells}


def drawn(
    frame: pd.DataFrame,
    look: Look = LIGHT,
    measure: Measure = PRACTICES,
    *,
    shared: pd.DataFrame | None = None,
    **options: Any,
) -> Any:
    arcs: Any = {"arcs": "none" if shared is None else "all"}
    return city_map(frame, look, MapView(measure, **(arcs | options)), shared)


def layers(deck: Any) -> dict[str, dict[str, Any]]:
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def points(frame: pd.DataFrame, measure: Measure = PRACTICES, **options: Any) -> dict[str, dict[str, Any]]:
    layer = layers(drawn(frame, LIGHT, measure, **options))["cities"]
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
    layer = layers(drawn(frame, look, JOINED))["cities"]
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
    far = city("b", foreign_born_pct=3.0, longitude=20.0)
    frame = cities(city("a", 1234, foreign_born_pct=14.5, diversity_year=2011), far)
    found = points(frame, MEASURES["foreign_born_pct"])
    assert found["a"]["detail"] == "Born abroad: 14.5% (2011) · Practices: 1,234"
    assert found["b"]["detail"].startswith("Born abroad: 3.0% · ")


def test_a_year_is_written_without_separators():
    assert points(cities(city("a", joined_year=2010.0)), JOINED)["a"]["detail"].startswith("Joining year: 2010 ·")


def test_tooltips_are_plain_texts_put_into_a_fixed_template():
    deck = json.loads(drawn(cities(city("a", name="<i>A")), LIGHT, PRACTICES).to_json())
    assert "tooltip" not in deck["layers"][-1]["data"][0]
    assert deck["layers"][-1]["data"][0]["head"].startswith("<i>A, ")
    deck = drawn(cities(city("a")), LIGHT, PRACTICES)
    assert deck._tooltip["html"] == "<b>{head}</b><br>{detail}"


def test_shared_practices_are_arcs_between_cities_that_have_a_place():
    shared = pd.DataFrame([arc(), arc(to_id="c", to_latitude=None, to_longitude=None)])
    (one_arc,) = layers(drawn(cities(city("a")), LIGHT, PRACTICES, shared=shared))["arcs"]["data"]
    assert (one_arc["from"], one_arc["to"]) == ([-8.0, 40.0], [-7.0, 41.0])
    assert "Shared practices: 2" in one_arc["detail"]


@pytest.mark.parametrize(
    ("titles", "shown"),
    [("One; Two", "One; Two"), ("Title; " * 30, "Title; " * 22 + "…"), ("字" * 200, "字" * 160 + " …")],
)
def test_titles_that_a_tooltip_has_no_room_for_are_cut_at_a_word_and_that_is_shown(titles: str, shown: str):
    shared = pd.DataFrame([arc(titles=titles)])
    (one_arc,) = layers(drawn(cities(city("a")), LIGHT, PRACTICES, shared=shared))["arcs"]["data"]
    assert one_arc["detail"].split(" · ", 1)[1] == shown


def test_a_colour_that_all_marks_of_a_layer_have_is_said_once():
    shared = pd.DataFrame([arc(), arc(from_id="x", to_id="y")])
    plain = layers(drawn(cities(city("a"), city("b")), LIGHT, PRACTICES, shared=shared))
    assert plain["arcs"]["getSourceColor"] == plain["arcs"]["getTargetColor"] == [*rgb(arc_colour(LIGHT)), 110]
    assert plain["cities"]["getLineColor"] == [*rgb(LIGHT.background), 255]
    assert not any("colour" in row or "line" in row for layer in plain.values() for row in layer["data"])

    standing_out = layers(drawn(cities(city("a"), city("b")), LIGHT, PRACTICES, shared=shared, chosen="a"))
    assert standing_out["arcs"]["getSourceColor"] == "@@=colour"
    assert standing_out["cities"]["getLineColor"] == "@@=line"


def test_letters_of_a_map_take_no_more_bytes_than_they_have():
    assert "Malmö" in drawn(cities(city("a", name="Malmö"))).to_json()


def test_the_arcs_of_the_chosen_city_stand_out():
    shared = pd.DataFrame([arc(), arc(from_id="x", to_id="y")])
    own, other = layers(drawn(cities(city("a")), LIGHT, PRACTICES, shared=shared, chosen="a"))["arcs"]["data"]
    assert own["colour"][3] > other["colour"][3]


def test_a_map_of_one_city_draws_its_arcs_alone():
    shared = pd.DataFrame([arc(from_name="Own"), arc(from_id="x", to_id="a"), arc(from_id="x", to_id="y")])
    own = layers(drawn(cities(city("a")), shared=shared, chosen="a", arcs="own"))["arcs"]["data"]
    assert [drawn_arc["head"] for drawn_arc in own] == ["Own – B", "A – B"]
    assert layers(drawn(cities(city("z")), shared=shared, chosen="z", arcs="own"))["arcs"]["data"] == []


AUCKLAND = city("auckland", latitude=-36.8, longitude=174.8)
TORONTO = city("toronto", latitude=43.7, longitude=-79.4)


def test_a_map_across_the_antimeridian_draws_the_cities_on_both_sides_of_it():
    (view,) = json.loads(drawn(cities(AUCKLAND, TORONTO), zoom="selection").to_json())["views"]
    assert view["repeat"] is True


def test_arcs_cross_the_antimeridian_where_the_view_does():
    ends = {"from_longitude": 174.8, "from_latitude": -36.8, "to_longitude": -79.4, "to_latitude": 43.7}
    shared = pd.DataFrame([arc(**ends)])

    def meridians(zoom: Zoom) -> list[float]:
        (drawn_arc,) = layers(drawn(cities(AUCKLAND, TORONTO), shared=shared, zoom=zoom))["arcs"]["data"]
        return [drawn_arc["from"][0], drawn_arc["to"][0]]

    assert meridians("selection") == [174.8, pytest.approx(280.6)]
    assert meridians("world") == [174.8, -79.4]


def test_density_is_that_of_practices_whatever_the_circles_show():
    frame = cities(city("a", 3, joined_year=2008), city("b", 0, joined_year=2020))
    (dense,) = layers(drawn(frame, LIGHT, JOINED, density=True))["density"]["data"]
    assert (dense["position"], dense["practices"]) == ([-8.0, 40.0], 3)


def test_circles_step_back_where_density_is_shaded():
    frame = cities(city("a", 3), city("b", 9, longitude=20.0))
    plain, shaded = points(frame)["b"], points(frame, density=True)["b"]
    assert shaded["radius"] < plain["radius"] / 2
    assert shaded["fill"][3] < plain["fill"][3]


def test_circles_are_smaller_where_the_whole_world_is_shown():
    frame = cities(city("a"))
    assert points(frame, zoom="world")["a"]["radius"] < points(frame)["a"]["radius"]


def told_middles(frame: pd.DataFrame, **options: Any) -> list[str]:
    found = layers(drawn(frame, LIGHT, PRACTICES, **options))
    return [middle["city_id"] for middle in found["middles"]["data"]] if "middles" in found else []


def test_the_middle_of_a_circle_that_smaller_ones_cover_is_still_its_own():
    assert told_middles(cities(city("large", 20), city("small", 1, longitude=-7.9))) == ["large"]


def test_of_two_covered_middles_in_one_place_the_larger_lies_on_top():
    frame = cities(city("large", 20), city("middle", 9, longitude=-7.95), city("small", 1, longitude=-7.9))
    assert told_middles(frame) == ["middle", "large"]


def test_circles_that_nothing_covers_need_no_middle_of_their_own():
    assert told_middles(cities(city("a", 20), city("b", 1, longitude=20.0))) == []
    assert told_middles(cities(city("nothing", 0), city("b", 1))) == []


def test_a_tooltip_names_the_cities_near_by_the_largest_first():
    near = [city(name, count, longitude=-8.01) for name, count in (("one", 1), ("two", 2), ("none", 0))]
    detail = points(cities(city("a", 9), *near, city("far", 5, longitude=-6.0)))["a"]["detail"]
    assert detail.splitlines() == ["Practices: 9", "Within 25 km: Two, One and None"]


def test_a_tooltip_counts_the_neighbours_that_it_does_not_name():
    near = [city(f"n{count}", count, longitude=-8.01) for count in range(1, 8)]
    assert points(cities(city("a", 9), *near))["a"]["detail"].endswith("N7, N6, N5, N4 and 3 more")


def test_cities_lie_on_the_arcs_between_them():
    found = layers(drawn(cities(city("a")), LIGHT, PRACTICES, shared=pd.DataFrame([arc()])))
    assert list(found) == ["arcs", "cities"]
    assert found["cities"]["parameters"] == {"depthCompare": "always"}


def work(*pairs: tuple[str, str, list[str]]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["one", "other", "titles"])


def test_arcs_in_words_count_pairs_and_each_practice_once():
    shared = pd.DataFrame([arc(), arc(to_id="c")])
    titles = work(("b", "a", ["One", "Two"]), ("a", "c", ["Two"]), ("x", "y", ["Elsewhere"]))
    assert pairs_in_words(shared, titles, "world") == "2 pairs of cities carry 2 practices together."


def test_arcs_that_leave_europe_are_counted_where_europe_is_shown():
    shared = pd.DataFrame([arc(), arc(to_id="c", to_longitude=-73.6)])
    assert "1 arc leads out of this view" in pairs_in_words(shared, work(), "europe")
    assert "leads out" not in pairs_in_words(shared, work(), "world")


def test_the_strongest_pairs_are_those_with_several_practices_where_there_are_any():
    shared = pd.DataFrame([arc(practices=3), arc(practices=2), arc(practices=1)])
    assert strongest_pairs(shared, 12)["practices"].tolist() == [3, 2]
    assert len(strongest_pairs(shared[shared["practices"] == 1], 12)) == 1


@LOOKS
@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_nothing_of_a_map_comes_from_another_server(atlas: duckdb.DuckDBPyConnection, look: Look, measure: Measure):
    shared = queries.shared_practices(atlas, Selection())
    deck = drawn(queries.cities(atlas, Selection()), look, measure, shared=shared, density=True)
    assert deck.map_style == f"app/static/map-{look.name}.json"
    text = deck.to_json()
    assert "http" not in text
    assert "NaN" not in text


def test_a_map_of_no_cities_is_a_map(atlas: duckdb.DuckDBPyConnection):
    nothing = queries.cities(atlas, Selection(q="zzzzzz"))
    assert layers(drawn(nothing, LIGHT, PRACTICES, zoom="selection"))["cities"]["data"] == []


@given(shrunk=st.sampled_from(["world", "europe"]), height=st.integers(200, 900))
def test_no_map_enlarges_its_circles(shrunk: Zoom, height: int):
    assert 0 < shrink_of(shrunk, height, density=True) < shrink_of(shrunk, height) <= 1


@LOOKS
@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_the_legend_goes_from_little_to_much_and_ends_with_what_shows_nothing(
    atlas: duckdb.DuckDBPyConnection, look: Look, measure: Measure
):
    *known, unknown = legend(queries.cities(atlas, Selection()), look, measure)
    diameters = [entry.diameter for entry in known]
    assert len(known) >= 2
    assert diameters == sorted(set(diameters))
    assert (unknown.colour, unknown.diameter) == (look.unknown, 2 * UNKNOWN_RADIUS)
    assert unknown.words == ("none" if measure.is_count else "not known")


def test_index_scores_differ_in_size_from_the_least_that_is_published():
    found = points(cities(city("low", index_score=44.0), city("high", index_score=87.0, longitude=20.0)), INDEX)
    assert (found["low"]["radius"], found["high"]["radius"]) == (SMALLEST, LARGEST)


def test_the_legend_shows_circles_as_the_map_draws_them():
    frame = cities(city("a", 5), city("b", 20))
    largest = legend(frame, LIGHT, PRACTICES)[-1]
    drawn = points(frame)["b"]
    assert largest.words == "20"
    assert largest.diameter == pytest.approx(2 * drawn["radius"])
    assert list(rgb(largest.colour)) == drawn["fill"][:3]
    smaller = points(frame, zoom="world")["b"]
    assert legend(frame, LIGHT, PRACTICES, shrink=shrink_of("world", 540))[-1].diameter == 2 * smaller["radius"]


def test_the_legend_says_none_only_where_a_city_on_the_map_has_none():
    frame = cities(city("a", 5), city("b", 20))
    assert [entry.words for entry in legend(frame, LIGHT, PRACTICES)][-1] == "20"
    off_the_map = cities(city("a", 5), city("b", 20), city("c", 0, latitude=None))
    assert [entry.words for entry in legend(off_the_map, LIGHT, PRACTICES)][-1] == "20"
    assert [entry.words for entry in legend(cities(city("a", 5), city("c", 0)), LIGHT, PRACTICES)][-1] == "none"


def test_the_legend_of_nothing_known_says_so_last():
    assert legend(cities(city("a")), LIGHT, JOINED)[-1].words == "not known"
