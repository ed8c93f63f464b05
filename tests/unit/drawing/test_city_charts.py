"""Charts of one city beside others: valid, true to what is missing, and in need of nothing from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from icc_data import queries
from icc_data.analysis import benchmark
from icc_data.drawing import city_charts
from icc_data.drawing.palette import DARK, LIGHT, Look
from icc_data.drawing.palette import look as look_of
from icc_data.queries.selection import Selection
from tests.helpers import naive

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
SHARES = pd.DataFrame(
    {
        "code": ["education", "housing", "sport"],
        "label": ["Education", "Housing", "Sport"],
        "share": [0.5, 0.25, 0.0],
        "network_share": [0.2, 0.4, 0.1],
        "practices": [2, 1, 0],
        "text": ["2", "1", ""],
    }
)
BANDS = pd.DataFrame(
    {
        "label": ["Education", "Housing", "Sport"],
        "own": [0.5, np.nan, 0.0],
        "q1": [0.1, 0.0, np.nan],
        "median": [0.2, 0.1, np.nan],
        "q3": [0.4, 0.3, np.nan],
        "text": ["90", "", ""],
    }
)
EDITIONS = pd.DataFrame(
    {"label": ["Overall", "Overall", "Education"], "year": [2017, 2020, 2020], "score": [60.0, 70.0, 90.0]}
).assign(compared="93")

Draw = Callable[[pd.DataFrame, Look], Any]
CHARTS: dict[str, tuple[pd.DataFrame, Draw]] = {
    "shares": (SHARES, lambda f, look: city_charts.share_bars(f, look, own="Bilbao", network="Network")),
    "bands": (BANDS, lambda f, look: city_charts.dot_bands(f, look, form=".0%", own="Bilbao", heading="Rank")),
    "editions": (EDITIONS, city_charts.edition_lines),
    "radar": (BANDS, lambda f, look: city_charts.radar(f, look, own="Bilbao", peers="Peers")),
}
EVERY = pytest.mark.parametrize("name", CHARTS)


@cache
def _of_its_own(name: str, look_name: str) -> dict[str, Any]:
    frame, draw = CHARTS[name]
    spec: dict[str, Any] = draw(frame, look_of(look_name)).to_dict()
    return spec


def spec_of(name: str, frame: pd.DataFrame | None = None, look: Look = LIGHT) -> dict[str, Any]:
    if frame is None:
        return deepcopy(_of_its_own(name, look.name))
    spec: dict[str, Any] = CHARTS[name][1](frame, look).to_dict()
    return spec


def rows_of(spec: dict[str, Any], column: str) -> list[dict[str, Any]]:
    return [row for rows in spec["datasets"].values() for row in rows if column in row]


def domains(spec: dict[str, Any]) -> list[list[float]]:
    scales = (
        layer["encoding"]["x"]["scale"]["domain"]
        for layer in spec["layer"]
        if "scale" in layer["encoding"].get("x", {})
    )
    return list(scales)


@EVERY
@LOOKS
def test_a_chart_is_valid_vega_lite_in_the_look_of_the_page(name: str, look: Look):
    spec = spec_of(name, look=look)
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert spec["config"]["background"] == "transparent"
    assert spec["config"]["text"]["color"] == look.text


@EVERY
def test_a_chart_needs_nothing_from_another_server(name: str):
    spec = spec_of(name)
    del spec["$schema"]
    assert re.findall(r"https?:|//", json.dumps(spec)) == []


@EVERY
def test_a_chart_has_no_number_that_json_does_not_know(name: str):
    json.dumps(spec_of(name), allow_nan=False)


@EVERY
def test_a_chart_has_a_tooltip(name: str):
    assert '"tooltip"' in json.dumps(spec_of(name))


def test_shares_can_be_clicked_and_leave_room_for_their_words():
    spec = spec_of("shares")
    assert {param["name"] for param in spec["params"]} == {"pick"}
    assert domains(spec)[0] == [0, pytest.approx(0.5 * 1.3)]


@pytest.mark.parametrize("share", [np.nan, 0.0])
def test_shares_of_a_city_without_practices_are_drawn_beside_the_networks(share: float):
    spec = spec_of("shares", SHARES.assign(share=share))
    assert domains(spec)[0] == [0, pytest.approx(0.4 * 1.3)]
    json.dumps(spec, allow_nan=False)


def test_shares_of_nothing_at_all_still_have_a_width():
    spec = spec_of("shares", SHARES.assign(share=np.nan, network_share=0.0))
    assert domains(spec)[0][1] > 0


def test_rows_stay_in_the_order_in_which_they_come():
    for name in ("shares", "bands"):
        assert spec_of(name)["layer"][0]["encoding"]["y"]["sort"] is None


def test_all_layers_of_the_bands_share_one_scale_from_nothing_to_beyond_the_largest():
    first, *others = domains(spec_of("bands"))
    assert len(others) >= 2
    assert all(domain == first for domain in others)
    assert first[0] == 0
    assert 0.5 < first[1] < 1


def test_the_words_beside_the_bands_are_named():
    assert [row["heading"] for row in rows_of(spec_of("bands"), "heading")] == ["Rank"]


@pytest.mark.parametrize("value", [np.nan, 0.0])
def test_bands_of_nothing_still_have_a_width(value: float):
    spec = spec_of("bands", BANDS.assign(own=value, q1=value, median=value, q3=value))
    assert domains(spec)[0][1] > 0
    json.dumps(spec, allow_nan=False)


def test_a_value_that_is_missing_stays_missing_in_the_bands():
    rows = {row["label"]: row for row in rows_of(spec_of("bands"), "own")}
    assert rows["Housing"]["own"] is None
    assert rows["Sport"]["q1"] is None


def test_a_band_goes_from_the_first_to_the_third_quartile_with_the_median_and_the_city_on_it():
    bands, medians, dots, *_words = spec_of("bands")["layer"]
    assert (bands["encoding"]["x"]["field"], bands["encoding"]["x2"]["field"]) == ("q1", "q3")
    assert (medians["mark"]["type"], medians["encoding"]["x"]["field"]) == ("tick", "median")
    assert (dots["mark"]["type"], dots["encoding"]["x"]["field"]) == ("circle", "own")


@LOOKS
def test_the_city_stands_out_from_the_band_of_its_peers(look: Look):
    bands, medians, dots, *_words = spec_of("bands", look=look)["layer"]
    assert dots["mark"]["color"] == look.amount
    assert len({layer["mark"]["color"] for layer in (bands, medians, dots)}) == 3


def test_values_of_the_bands_are_written_in_the_form_asked_for():
    band = city_charts.dot_bands(BANDS, LIGHT, form=".1f", own="Bilbao", heading="Rank").to_dict()["layer"][0]
    written = {tip["title"]: tip.get("format") for tip in band["encoding"]["tooltip"]}
    assert band["encoding"]["x"]["axis"]["format"] == ".1f"
    assert written == {
        "Policy area": None,
        "Bilbao": ".1f",
        "Peers’ median": ".1f",
        "First quartile": ".1f",
        "Third quartile": ".1f",
        "Rank": None,
    }


@pytest.mark.parametrize("step", [0, 1, 10])
def test_the_axis_of_the_bands_has_no_smaller_steps_than_asked_for(step: float):
    spec = city_charts.dot_bands(BANDS, LIGHT, form="d", own="Bilbao", heading="Rank", ticks=step).to_dict()
    axes = [layer["encoding"]["x"]["axis"] for layer in spec["layer"] if "axis" in layer["encoding"].get("x", {})]
    assert {axis["tickMinStep"] for axis in axes} == {step}


def test_the_words_beside_the_bands_stand_in_a_column_right_of_them():
    spec = spec_of("bands")
    words, heading = spec["layer"][-2:]
    assert words["encoding"]["text"]["field"] == "text"
    assert words["encoding"]["x"] == heading["encoding"]["x"] == {"value": "width"}
    assert 0 < words["mark"]["dx"] <= spec["config"]["padding"]["right"]
    assert heading["encoding"]["y"]["value"] < 0


@pytest.mark.parametrize("count", [0, 1, 3])
def test_bands_grow_with_their_rows_and_none_have_a_height(count: int):
    heights = [layer.get("height") for layer in spec_of("bands", BANDS.head(count))["layer"]]
    heights += [spec_of("bands", BANDS.head(count)).get("height")]
    assert [height for height in heights if height is not None] == [city_charts.ROW_HEIGHT * (max(count, 1) + 1)]


def test_scores_are_joined_only_within_an_area():
    spec = spec_of("editions")
    assert {layer["encoding"]["detail"]["field"] for layer in spec["layer"]} == {"label"}
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == [2017, 2020]
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"] == [0, 105]


def shapes(frame: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(spec_of("radar", frame), "shape"):
        found.setdefault(row["shape"], []).append(row)
    return found


def test_each_shape_of_a_radar_is_closed_and_the_largest_value_reaches_the_rim():
    found = shapes(BANDS)
    assert list(found) == ["Peers", "Bilbao"]
    for rows in found.values():
        assert len(rows) == len(BANDS) + 1
        assert (rows[0]["x"], rows[0]["y"]) == pytest.approx((rows[-1]["x"], rows[-1]["y"]))
    own = [np.hypot(row["x"], row["y"]) for row in found["Bilbao"][:-1]]
    assert own == pytest.approx([1, 0, 0])
    assert [row["label"] for row in found["Bilbao"][:-1]] == BANDS["label"].tolist()


def test_the_first_spoke_points_up_and_the_next_to_the_right():
    first, second, *_rest = shapes(BANDS.assign(own=1.0))["Bilbao"]
    assert (first["x"], first["y"]) == pytest.approx((0, 1))
    assert second["x"] > 0


@pytest.mark.parametrize("column", ["own", "median"])
def test_a_shape_of_which_nothing_is_known_is_not_drawn_as_nothing(column: str):
    gone = {"own": "Bilbao", "median": "Peers"}[column]
    assert set(shapes(BANDS.assign(**{column: np.nan}))) == {"Bilbao", "Peers"} - {gone}


def test_a_radar_of_nothing_at_all_is_its_rings():
    spec = spec_of("radar", BANDS.assign(own=np.nan, median=np.nan))
    assert rows_of(spec, "ring")
    json.dumps(spec, allow_nan=False)


def test_real_cities_can_be_drawn_even_those_without_a_practice(atlas: duckdb.DuckDBPyConnection):
    areas, measures = (ask(atlas, Selection(), "city") for ask in (queries.unit_areas, queries.unit_measures))
    cities = naive.busy_cities(4)
    for one in cities:
        profile = queries.term_profile(atlas, one, "policy_area").assign(text="")
        profile["label"] = profile["code"]
        found = benchmark.portfolio(
            areas, measures, one, [city for city in cities if city != one], profile["code"].tolist()
        )
        found = found.assign(label=found["code"], own=found["share"], text="")
        for name, frame in (("shares", profile), ("bands", found), ("radar", found)):
            json.dumps(spec_of(name, frame), allow_nan=False)


def test_nothing_stands_over_a_column_in_which_no_row_has_a_text():
    def heading(frame: pd.DataFrame) -> str:
        chart = city_charts.dot_bands(frame, LIGHT, form="d", own="Bilbao", heading="Rank").to_dict()
        (rows,) = [rows for rows in chart["datasets"].values() if "heading" in rows[0]]
        return str(rows[0]["heading"])

    assert heading(BANDS) == "Rank"
    assert heading(BANDS.assign(text="")) == ""
