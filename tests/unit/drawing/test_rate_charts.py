"""Rates: their interval, the dots of few practices, and where a line of comparison stands."""

from __future__ import annotations

from icc_data.drawing.palette import LIGHT
from tests.unit.drawing.test_charts import spec_of, values_of


def layer_of(name: str, kind: str) -> dict[str, object]:
    """The one layer of a mark that carries rows, not those of the band over the last years."""
    (layer,) = [
        layer for layer in spec_of(name, rows=2)["layer"] if layer["mark"]["type"] == kind and "encoding" in layer
    ]
    return dict(layer["encoding"])


def test_a_rate_has_its_interval_as_a_band():
    bands = layer_of("index", "area")
    assert (bands["y"]["field"], bands["y2"]["field"]) == ("low", "high")  # type: ignore[index]


def test_the_dot_of_few_practices_is_hollow():
    fill = layer_of("index", "point")["fill"]
    assert fill == {"value": LIGHT.amount, "condition": {"test": "datum.few", "value": LIGHT.background}}
    assert [row["few"] for row in values_of(spec_of("index", rows=2))] == [False, True]


def test_what_is_pointed_at_says_rate_parts_and_interval():
    tooltip = layer_of("rates of classes", "point")["tooltip"]
    assert [part["field"] for part in tooltip] == ["label", "value_words", "of_words", "range_words"]  # type: ignore[attr-defined]


def test_an_index_has_a_line_at_its_base_and_a_rate_has_none():
    assert layer_of("index", "rule")["y"] == {"datum": 100}
    assert [layer["mark"]["type"] for layer in spec_of("index", rows=2)["layer"]].count("rule") == 1
    assert "rule" not in str(spec_of("rates", rows=2)["layer"])


def test_classes_stand_in_the_order_of_their_rows():
    assert layer_of("rates of classes", "point")["y"]["sort"] == ["Small (20)", "Large (40)"]  # type: ignore[index]
