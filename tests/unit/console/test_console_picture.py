"""Any rows as a chart: what suits them, what is left out, and that it can be drawn."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
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
    draw,
    marks,
    roles,
    suggested,
)
from icc_data.drawing.palette import DARK, LIGHT

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
    spec = drawn(EVERYTHING, Picture("points", "count(*)", "a.b[0]"))
    assert spec["encoding"]["x"]["field"] == "x"
    assert spec["encoding"]["x"]["title"] == "count(*)"


def test_rows_without_a_place_in_the_picture_are_counted():
    shown = marks(YEARS, Picture("bars", "start_year", "practices"))
    assert (len(shown.frame), shown.unknown, shown.cut) == (3, 1, 0)


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


@settings(max_examples=60)
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
