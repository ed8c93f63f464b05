"""How long practices last: steps, their interval, and how many are still watched below them."""

from __future__ import annotations

from typing import Any

from icc_data.drawing.palette import LIGHT
from icc_data.drawing.survival_charts import survival_curves
from tests.unit.drawing.test_charts import SURVIVAL, spec_of


def layer_of(kind: str) -> Any:
    (layer,) = [layer for layer in spec_of("survival", rows=3)["layer"] if layer["mark"]["type"] == kind]
    return layer


def test_the_share_falls_in_steps_with_its_interval():
    assert layer_of("line")["mark"]["interpolate"] == layer_of("area")["mark"]["interpolate"] == "step-after"
    assert (layer_of("area")["encoding"]["y"]["field"], layer_of("area")["encoding"]["y2"]["field"]) == ("low", "high")


def test_below_the_curve_stands_how_many_are_still_watched_at_the_years_of_the_axis():
    watched = layer_of("text")
    assert watched["encoding"]["text"]["field"] == "watched"
    assert watched["encoding"]["x"]["axis"]["values"] == [0, 1, 2]
    assert watched["transform"][0]["filter"] == "indexof([0, 1, 2], datum.years) >= 0"


def test_more_than_three_curves_have_no_bands():
    colours = dict.fromkeys(("Trust", "B", "C", "D"), "#111111")
    marks = [layer["mark"]["type"] for layer in survival_curves(SURVIVAL, LIGHT, colours).to_dict()["layer"]]
    assert "area" not in marks
