"""Two selections on one scale: told apart without colour too, and named."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from icc_data.analysis import two_selections
from icc_data.drawing import compare_charts, map_measures
from icc_data.drawing.palette import DARK, LIGHT, Look, rgb
from tests.unit.analysis.test_two_selections import NAMES, compared


def drawn(chart: Any) -> dict[str, Any]:
    spec: dict[str, Any] = chart.to_dict(validate=True)
    return spec


def lines(value: compare_charts.Value) -> dict[str, Any]:
    frame = compared((3, 1, 0), (6, 9, 0), (2, 2, 0)).assign(year=[2014, 2015, 2016])
    rows = two_selections.lines(two_selections.year_rows(frame, NAMES), NAMES)
    return drawn(compare_charts.two_lines(rows, LIGHT, NAMES, value=value, unfinished=(2024, 2026)))


def layers(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for part in spec["layer"] for one in (layers(part) if "layer" in part else [part])]


def of_kind(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in layers(spec) if one["mark"]["type"] == kind]


def luminance(colour: str) -> float:
    channels = [value / 255 for value in rgb(colour)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_the_two_colours_differ_in_lightness(look: Look):
    lighter, darker = sorted(map(luminance, compare_charts.colours(look, NAMES).values()), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) > 1.3


def test_the_other_line_is_dashed_and_its_points_have_another_shape():
    spec = lines("practices")
    (line,) = of_kind(spec, "line")
    assert line["encoding"]["strokeDash"]["scale"] == {"domain": list(NAMES), "range": [[1, 0], compare_charts.DASH]}
    assert any(one["encoding"].get("shape", {}).get("field") == "name" for one in of_kind(spec, "point"))


def test_shares_have_bands_and_counts_none():
    assert len(of_kind(lines("share"), "area")) == 1
    assert not of_kind(lines("practices"), "area")


def test_each_line_is_named_once_at_its_highest_point():
    named = [one for one in of_kind(lines("practices"), "text") if one["encoding"]["text"].get("field") == "name"]
    assert len(named) == len(NAMES)
    assert all("datum.peak" in one["transform"][0]["filter"] for one in named)


def test_the_axis_reaches_to_the_last_year_of_which_more_is_published():
    (line,) = of_kind(lines("practices"), "line")
    assert line["encoding"]["x"]["scale"]["domain"][1] >= 2026


def test_a_row_has_two_dots_with_intervals_and_the_difference_in_points():
    rows = two_selections.term_rows(compared((25, 5, 0), (10, 11, 0)), str.upper, NAMES)
    spec = drawn(compare_charts.two_dots(two_selections.dots(rows, NAMES), LIGHT, NAMES))
    assert [len(of_kind(spec, kind)) for kind in ("rule", "point", "text")] == [2, 2, 1]
    (words,) = of_kind(spec, "text")
    assert words["encoding"]["text"]["field"] == "short_points"
    assert list(rows["short_points"]) == ["+40", "−2"]


def test_the_cities_of_two_maps_stand_in_one_table_the_largest_in_either_first():
    def cities(**practices: int) -> pd.DataFrame:
        names = list(practices)
        return pd.DataFrame({"city_id": names, "name": names, "country": "X", "practices": list(practices.values())})

    one, other = cities(a=1, b=5), cities(b=2, c=9)
    both = map_measures.side_by_side(one, other, map_measures.MEASURES["practices"])
    assert list(both["name"]) == ["c", "b", "a"]
    assert both[["one", "other"]].fillna(-1).to_numpy().tolist() == [[-1, 9], [5, 2], [1, -1]]
    assert map_measures.scale_of(map_measures.in_common([one, other]), map_measures.MEASURES["practices"]) == (0, 9)
