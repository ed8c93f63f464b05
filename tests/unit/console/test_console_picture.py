"""Any rows as a chart: what suits them, what is left out, and that it can be drawn."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.console.picture import (
    KINDS,
    MOST_BARS,
    MOST_COLOURS,
    MOST_MARKS,
    Kind,
    Picture,
    best,
    colours,
    columns_for,
    marks,
    roles,
    skips_years,
    suggested,
)
from icc_data.console.picture_drawing import draw
from icc_data.drawing.palette import DARK, LIGHT
from tests.helpers.examples import examples

AREAS = pd.DataFrame(
    {
        "country": ["Spain", "Spain", "Norway", None],
        "policy_area": ["Education", "Housing", "Education", "Education"],
        "practices": pd.array([4, 2, 3, None], "Int64"),
        "lift": [1.2, 0.4, 2.0, 1.0],
    }
)
YEARS = pd.DataFrame(
    {
        "start_year": pd.array([2015, 2016, 2016, None], "Int16"),
        "commitment": ["trust", "trust", "equal_access", "trust"],
        "practices": [4, 2, 3, 9],
    }
)
EVERYTHING = pd.DataFrame(
    {
        "when": [date(2020, 1, 1), date(2021, 1, 1)],
        "year": pd.array([2020, 2021], "Int64"),
        "count(*)": [3, 4],
        "a.b[0]": [0.5, 0.7],
        "name": ["x", "y"],
        "flag": pd.array([True, None], "boolean"),
        "list": [["u"], ["v", "w"]],
    }
)


def drawn(frame: pd.DataFrame, picture: Picture, look: Any = LIGHT) -> dict[str, Any]:
    shown = marks(frame, picture)
    hues = colours(shown.frame["colour"], look, {}) if picture.colour and picture.kind != "heatmap" else None
    spec: dict[str, Any] = draw(shown, roles(frame), picture, look, hues).to_dict()
    return spec


def test_a_column_of_years_is_told_from_other_whole_numbers():
    assert roles(YEARS)["start_year"] == "year"
    assert roles(pd.DataFrame({"years_after_joining": [-3, 2]}))["years_after_joining"] == "number"
    assert roles(pd.DataFrame({"practices": [2015]}))["practices"] == "number"


def test_every_column_has_a_part_that_it_can_play():
    assert list(roles(EVERYTHING).values()) == ["time", "year", "number", "number", "text", "text", "other"]


def test_years_come_as_bars_coloured_by_what_stands_beside_them():
    assert best(YEARS) == Picture("bars", "start_year", "practices", "commitment")


def test_two_texts_come_as_a_heatmap_shaded_by_the_last_number():
    assert best(AREAS) == Picture("heatmap", "country", "policy_area", "lift")


def test_names_that_stand_there_once_come_as_bars():
    frame = pd.DataFrame({"city": ["Cork", "Bergen"], "country": ["Ireland", "Norway"], "practices": [2, 9]})
    assert best(frame) == Picture("bars", "city", "practices")


def test_numbers_alone_come_as_points():
    assert best(pd.DataFrame({"a": [1.5, 2], "b": [3, 4]})) == Picture("points", "a", "b")


@pytest.mark.parametrize("frame", [pd.DataFrame({"a": ["x"]}), pd.DataFrame({"n": [1]}), pd.DataFrame()])
def test_rows_without_a_number_beside_something_else_have_no_picture(frame: pd.DataFrame):
    assert best(frame) is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
@pytest.mark.parametrize("frame", [AREAS, YEARS, EVERYTHING], ids=["areas", "years", "everything"])
def test_every_kind_that_suits_can_be_drawn(frame: pd.DataFrame, kind: Kind, look: Any):
    picture = suggested(kind, roles(frame))
    if picture is not None:
        assert drawn(frame, picture, look)["datasets"]


def test_names_of_columns_that_mean_something_to_a_chart_language_are_only_titles():
    along = of_marks(drawn(EVERYTHING, Picture("points", "count(*)", "a.b[0]")), "point")["encoding"]["x"]
    assert (along["field"], along["title"]) == ("x", "count(*)")


def test_rows_without_a_place_in_the_picture_are_counted():
    shown = marks(YEARS, Picture("bars", "start_year", "practices"))
    assert (len(shown.frame), shown.unknown, shown.cut) == (3, 1, 0)


def test_rows_without_a_finite_number_are_counted_as_not_drawn():
    frame = pd.DataFrame({"name": ["a", "b", "c"], "value": [math.inf, 2.0, -math.inf]})
    shown = marks(frame, Picture("bars", "name", "value"))
    assert (shown.frame["x"].tolist(), shown.unknown) == (["b"], 2)


def test_a_missing_name_is_called_not_stated():
    shown = marks(AREAS, Picture("heatmap", "country", "policy_area", "lift"))
    assert list(shown.frame["x"]) == ["Spain", "Spain", "Norway", "Not stated"]


def test_bars_beyond_those_that_can_be_read_are_counted():
    frame = pd.DataFrame({"city": [f"City {n}" for n in range(200)], "practices": range(200)})
    shown = marks(frame, Picture("bars", "city", "practices"))
    assert (shown.frame["x"].nunique(), shown.cut) == (MOST_BARS, 200 - MOST_BARS)


def test_points_beyond_those_that_a_browser_draws_at_ease_are_counted():
    frame = pd.DataFrame({"a": range(6_000), "b": range(6_000)})
    shown = marks(frame, Picture("points", "a", "b"))
    assert (len(shown.frame), shown.cut) == (MOST_MARKS, 6_000 - MOST_MARKS)


def test_values_with_a_colour_of_their_own_keep_it():
    hues = colours(YEARS["commitment"], LIGHT, LIGHT.commitments)
    assert hues == {"trust": LIGHT.commitments["trust"], "equal_access": LIGHT.commitments["equal_access"]}


def test_other_values_get_colours_that_differ_as_long_as_there_are_some():
    values = pd.Series([f"v{n}" for n in range(MOST_COLOURS)])
    hues = colours(values, LIGHT, {})
    assert hues is not None
    assert len(set(hues.values())) == MOST_COLOURS
    assert colours(pd.Series([f"v{n}" for n in range(MOST_COLOURS + 1)]), LIGHT, {}) is None


CELLS = {
    "text": st.none() | st.text(max_size=3),
    "number": st.none() | st.floats(-1e6, 1e6),
    "year": st.none() | st.integers(1980, 2026),
}


@examples(60)
@given(st.data())
def test_any_rows_are_drawn_or_have_no_picture(data: st.DataObject):
    kinds = data.draw(st.lists(st.sampled_from(list(CELLS)), min_size=1, max_size=4))
    rows = data.draw(st.integers(0, 6))
    columns = {
        f"{kind} {place}": data.draw(st.lists(CELLS[kind], min_size=rows, max_size=rows))
        for place, kind in enumerate(kinds)
    }
    frame = pd.DataFrame(
        {name: pd.array(cells, "Int64") if name.startswith("year") else cells for name, cells in columns.items()}
    )
    for kind in KINDS:
        picture = suggested(kind, roles(frame))
        if picture is not None and not marks(frame, picture).frame.empty:
            drawn(frame, picture)


PARTS: dict[str, Any] = {"city": "text", "year": "year", "size": "number", "area": "text", "share": "number"}


@pytest.mark.parametrize(
    ("kind", "along", "up", "shades"),
    [
        ("bars", ["city", "year", "area"], ["size", "share"], ["city", "area"]),
        ("lines", ["year", "size", "share"], ["size", "share"], ["city", "area"]),
        ("points", ["year", "size", "share"], ["size", "share", "year"], ["city", "area"]),
        ("heatmap", ["year", "city", "area"], ["city", "area", "year"], ["share", "size"]),
    ],
)
def test_columns_come_the_likeliest_first(kind: Kind, along: list[str], up: list[str], shades: list[str]):
    assert columns_for(kind, PARTS) == (along, up, shades)


def all_of_marks(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The layers of a chart that have a kind of mark, the lowest first."""
    layers = [spec, *spec.get("layer", []), *(inner for one in spec.get("layer", []) for inner in one.get("layer", []))]
    return [one for one in layers if isinstance(one.get("mark"), dict) and one["mark"]["type"] == kind]


def of_marks(spec: dict[str, Any], kind: str) -> dict[str, Any]:
    """The only one."""
    (layer,) = all_of_marks(spec, kind)
    return layer


def axis_format(frame: pd.DataFrame, picture: Picture) -> str:
    return str(of_marks(drawn(frame, picture), "bar")["encoding"]["x"]["axis"]["format"])


@pytest.mark.parametrize(
    ("name", "values", "form"),
    [
        ("share", [0.19, 0.5], ".3~%"),  # 19%, never 190m
        ("rate", [0.19, 0.5], ",.4~f"),  # 0.19
        ("share", [0.5, 1.9], ",.4~f"),  # no share
        ("practices", [3, 9000], ",.4~f"),  # 9,000
        ("population", [3, 1_600_000], "~s"),  # 1.6M
    ],
)
def test_an_axis_shows_shares_as_percentages_and_small_numbers_as_they_are(name: str, values: list[Any], form: str):
    frame = pd.DataFrame({"city": ["Cork", "Bergen"], name: values})
    assert axis_format(frame, Picture("bars", "city", name)) == form


GAPS = pd.DataFrame({"year": [2015, 2018, 2019, 2015], "city": ["a", "a", "a", "b"], "practices": [1, 2, 3, 4]})
LINES = Picture("lines", "year", "practices", "city")


def test_a_line_breaks_where_a_year_is_missing():
    shown = marks(GAPS, LINES)
    line = shown.frame[shown.frame["colour"] == "a"].sort_values("x")
    assert [(year, None if pd.isna(count) else count) for year, count in zip(line["x"], line["y"], strict=True)] == [
        (2015, 1), (2016, None), (2017, None), (2018, 2), (2019, 3)
    ]  # fmt: skip
    assert len(shown.frame[shown.frame["colour"] == "b"]) == 1
    assert (shown.unknown, shown.cut) == (0, 0)
    assert of_marks(drawn(GAPS, LINES), "line")["mark"]["invalid"] == "break-paths-filter-domains"


def test_missing_years_are_zero_on_demand():
    line = marks(GAPS[GAPS["city"] == "a"], LINES, zeros=True).frame.sort_values("x")
    assert list(line["y"]) == [1, 0, 0, 2, 3]


def test_only_lines_over_years_with_holes_skip_years():
    assert skips_years(GAPS, LINES)
    assert not skips_years(GAPS[GAPS["year"] > 2017], LINES)
    assert not skips_years(GAPS, Picture("bars", "year", "practices"))


TWO_NUMBERS = pd.DataFrame({"city": ["Cork", "Bergen", "Turin"], "people": [10, 20, 20], "practices": [2, 9, 9]})


def sides(spec: dict[str, Any]) -> dict[str, str]:
    """The names that stand beside points, and with which end they touch them."""
    return {
        row["more0"]: layer["mark"]["align"]
        for layer in all_of_marks(spec, "text")
        for row in spec["datasets"][layer["data"]["name"]]
    }


def test_a_name_with_two_numbers_comes_as_points_with_their_names():
    picture = best(TWO_NUMBERS)
    assert picture == Picture("points", "people", "practices")
    texts = all_of_marks(drawn(TWO_NUMBERS, picture), "text")
    assert {text["encoding"]["text"]["field"] for text in texts} == {"more0"}


def test_a_name_that_has_no_room_is_left_to_the_tooltip():
    spec = drawn(TWO_NUMBERS, Picture("points", "people", "practices"))
    # Bergen and Turin lie on the same point.
    assert sides(spec) == {"Cork": "left", "Bergen": "right"}


def test_a_name_covers_no_other_point_and_does_not_leave_the_picture():
    rows = pd.DataFrame(
        {"city": ["Cork", "Near", "Bergen"], "people": [0.0, 20.0, 640.0], "practices": [5.0, 5.0, 9.0]}
    )
    spec = drawn(rows, Picture("points", "people", "practices"))
    assert sides(spec) == {"Near": "left", "Bergen": "right"}


@pytest.mark.parametrize("ends", [("low", "high"), ("share_low", "share_high")])
@pytest.mark.parametrize("kind", ["bars", "lines", "points"])
def test_columns_named_low_and_high_are_drawn_as_intervals(ends: tuple[str, str], kind: Kind):
    frame = pd.DataFrame({"year": [2015, 2016], "share": [0.2, 0.3], ends[0]: [0.1, None], ends[1]: [0.4, None]})
    picture = suggested(kind, roles(frame))
    assert picture == Picture(kind, "year", "share")
    spec = drawn(frame, picture)
    for rule in all_of_marks(spec, "rule"):
        assert (rule["encoding"]["y"]["field"], rule["encoding"]["y2"]["field"]) == ("low", "high")
    assert [tick["encoding"]["y"]["field"] for tick in all_of_marks(spec, "tick")] == ["low", "high"]


def test_an_interval_is_set_off_from_its_bar_by_the_ground_of_the_page():
    frame = pd.DataFrame({"city": ["a", "b"], "share": [0.2, 0.3], "low": [0.1, 0.2], "high": [0.4, 0.5]})
    ground, line = all_of_marks(drawn(frame, Picture("bars", "city", "share")), "rule")
    assert (ground["mark"]["color"], line["mark"]["color"]) == (LIGHT.background, LIGHT.text)
    assert ground["mark"]["strokeWidth"] > line["mark"]["strokeWidth"] + 2


def test_intervals_of_names_lie_along_their_bars():
    frame = pd.DataFrame({"city": ["a", "b"], "share": [0.2, 0.3], "low": [0.1, 0.2], "high": [0.4, 0.5]})
    picture = best(frame)
    assert picture == Picture("bars", "city", "share")
    assert {rule["encoding"]["x2"]["field"] for rule in all_of_marks(drawn(frame, picture), "rule")} == {"high"}


def _day_ticks(first: str, count: int, every: str = "D") -> object:
    frame = pd.DataFrame({"day": pd.date_range(first, periods=count, freq=every), "practices": range(count)})
    spec = drawn(frame, Picture("lines", "day", "practices"))
    (ticks,) = {str(axis.get("tickCount")) for axis in _axes(spec, "x")}
    return ticks


def _axes(spec: dict[str, Any], channel: str) -> list[dict[str, Any]]:
    encodings = [spec.get("encoding", {}), *(layer.get("encoding", {}) for layer in spec.get("layer", []))]
    return [encoding[channel]["axis"] for encoding in encodings if encoding.get(channel, {}).get("axis")]


def test_an_axis_of_a_few_dates_has_its_ticks_at_days():
    assert _day_ticks("2020-01-01", 10) == "{'interval': 'day', 'step': 1}"
    assert _day_ticks("2020-01-01", 31) == "{'interval': 'day', 'step': 4}"


def test_an_axis_of_many_dates_or_of_times_of_day_has_the_ticks_that_vega_chooses():
    assert _day_ticks("2020-01-01", 90) == "None"
    assert _day_ticks("2020-01-01", 10, "6h") == "None"
