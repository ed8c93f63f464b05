"""Words through time: periods in their order, intervals of few lines, hollow dots of few practices."""

from __future__ import annotations

from typing import Any

from icc_data.drawing.palette import LIGHT
from icc_data.drawing.word_charts import word_lines
from tests.unit.drawing.test_charts import PERIODS, WORDS, spec_of


def layers_of_words() -> dict[str, Any]:
    return {layer["mark"]["type"]: layer["encoding"] for layer in spec_of("words", rows=2)["layer"]}


def test_periods_stand_in_the_order_of_time():
    assert layers_of_words()["line"]["x"]["scale"] == {"domain": ["2012–2016", "2017–2021"]}


def test_a_line_has_its_interval_and_a_dot_of_few_practices_is_hollow():
    layers = layers_of_words()
    assert (layers["area"]["y"]["field"], layers["area"]["y2"]["field"]) == ("low", "high")
    assert layers["point"]["fill"]["condition"] == {"test": "datum.few", "value": LIGHT.background}


def test_a_period_of_few_practices_has_no_line():
    (line,) = [layer for layer in spec_of("words", rows=2)["layer"] if layer["mark"]["type"] == "line"]
    assert line["transform"] == [{"filter": "!datum.few"}]


def test_of_more_than_three_words_the_bands_are_left_out():
    chart = word_lines(WORDS, LIGHT, dict.fromkeys(("choir", "b", "c", "d"), "#111111"), periods=PERIODS).to_dict()
    assert "area" not in [layer["mark"]["type"] for layer in chart["layer"]]
