"""Tables of counts, radars and bands of measures: what each cell, name and row is."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.analysis import benchmark
from icc_data.drawing import city_charts
from icc_data.drawing.city_charts import LINE, MIDDLE, RADAR_HEIGHT, RADAR_REACH
from icc_data.drawing.palette import DARK, LIGHT, Look
from tests.helpers.examples import examples

CELLS = pd.DataFrame(
    [
        ("Education", "Athens", 0.0, "0"),
        ("Education", "Patras", 2.0, "2"),
        ("Education", "Ioannina", 1.0, "1"),
        ("Newest practice", "Athens", np.nan, "–"),
        ("Newest practice", "Patras", np.nan, "2015"),
        ("Newest practice", "Ioannina", np.nan, "2021"),
    ],
    columns=["label", "place", "value", "text"],
)


def rows_of(chart: Any, column: str) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    return [row for rows in spec["datasets"].values() for row in rows if column in row]


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_every_place_has_a_cell_with_its_number_in_each_row(look: Look):
    chart = city_charts.count_table(CELLS, look, own="Athens", what="Policy area")
    found = {(row["label"], row["place"]): row["text"] for row in rows_of(chart, "shade")}
    assert found == {(row.label, row.place): row.text for row in CELLS.itertuples()}
    json.dumps(chart.to_dict(), allow_nan=False)


def test_the_shade_is_the_part_of_the_most_in_the_row_and_nothing_where_there_is_no_amount():
    chart = city_charts.count_table(CELLS, LIGHT, own="Athens", what="Policy area")
    assert [row["shade"] for row in rows_of(chart, "shade")] == [0, 1, 0.5, 0, 0, 0]


def test_the_citys_own_column_stands_out():
    spec = city_charts.count_table(CELLS, LIGHT, own="Athens", what="Policy area").to_dict()
    colour = spec["layer"][0]["encoding"]["color"]
    assert "Athens" in json.dumps(colour["condition"]["test"])
    assert (colour["condition"]["value"], colour["value"]) == (LIGHT.amount, LIGHT.less)


def test_the_outermost_ring_of_a_radar_says_its_value():
    frame = pd.DataFrame({"label": ["A", "B", "C"], "own": [0.24, 0.1, 0.0], "median": [0.1, 0.1, 0.2]})
    (rim,) = rows_of(city_charts.radar(frame, LIGHT, own="Bergen", peers="Peers", form=".0%"), "rim")
    assert rim["rim"] == 0.24
    assert math.hypot(rim["x"], rim["y"]) == pytest.approx(1)


def test_a_radar_of_nothing_has_no_value_on_its_ring():
    frame = pd.DataFrame({"label": ["A", "B", "C"], "own": 0.0, "median": np.nan})
    assert rows_of(city_charts.radar(frame, LIGHT, own="Bergen", peers="Peers"), "rim") == []


def angles_of(labels: list[str]) -> list[float]:
    return [2 * math.pi * place / len(labels) for place in range(len(labels))]


def test_the_names_of_all_spokes_stand_beside_a_radar_in_their_places():
    labels = ["Education", "Public space and its meaning", "Housing", "Intercultural intelligence and competence", "F"]
    frame = pd.DataFrame({"label": labels, "own": 1.0, "median": 1.0})
    spec = city_charts.radar(frame, LIGHT, own="Bergen", peers="Peers").to_dict()
    names = [row for rows in spec["datasets"].values() for row in rows if set(row) == {"label", "x", "y"}]
    placed = city_charts._spoke_names(labels, angles_of(labels))
    assert [" ".join(name["label"].split()) for name in placed] == labels
    assert sorted(names, key=str) == sorted(placed, key=str)


@examples(100)
@given(st.lists(st.text("abcdef ", min_size=1, max_size=60).filter(str.strip), min_size=3, max_size=17))
def test_no_name_beside_a_radar_is_printed_over_another(labels: list[str]):
    line = LINE * 2 * RADAR_REACH / RADAR_HEIGHT
    names = city_charts._spoke_names(labels, angles_of(labels))
    assert len(names) == len(labels)
    for side in (-1, 1):
        listed = sorted((one for one in names if one["x"] * side > MIDDLE), key=lambda one: -one["y"])
        for upper, lower in pairwise(listed):
            lines = upper["label"].count("\n") + 1
            across = (upper["y"] > 0) != (lower["y"] > 0)
            assert across or upper["y"] - lower["y"] >= lines * line - 1e-9


MEASURES = pd.DataFrame(
    {
        "measure": ["practices", "newest", "shared", "themes"],
        "own": [17.0, 2021.0, 0.0, 3.0],
        "q1": [3.5, 2018.0, 0.0, np.nan],
        "median": [6.5, 2020.0, 0.0, np.nan],
        "q3": [10.0, 2022.0, 0.0, np.nan],
    }
)


def test_each_measure_lies_on_a_scale_of_its_own_and_years_begin_before_the_earliest():
    found = benchmark.placed(MEASURES).set_index("measure")
    assert found.loc["practices", ["own", "median"]].tolist() == pytest.approx([1, 6.5 / 17])
    assert found.loc["newest", ["own", "q1", "q3"]].tolist() == pytest.approx([4 / 5, 1 / 5, 1])
    assert found.loc["shared", "own"] == 0


def test_a_measure_without_quartiles_has_nothing_to_lie_beside():
    assert benchmark.placed(MEASURES).set_index("measure").loc["themes", ["own", "q1"]].isna().all()


def test_bands_of_measures_have_no_axis_and_say_their_values_when_pointed_at():
    frame = benchmark.placed(MEASURES).assign(label="Practices: 17", text="100", own_text="17")
    spec = city_charts.dot_bands(frame, LIGHT, form="", own="B", heading="Rank", tips={"own_text": "Bergen"}).to_dict()
    band = spec["layer"][0]["encoding"]
    assert band["x"]["axis"] is None
    assert [(tip["field"], tip["title"]) for tip in band["tooltip"]] == [("own_text", "Bergen")]
