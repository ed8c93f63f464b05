"""Heatmaps: how cells are shaded, worded, clicked and laid out by year."""

from __future__ import annotations

import re

import pandas as pd
import pytest
import vl_convert

from icc_data.drawing import charts, row_labels
from icc_data.drawing.heatmaps import AROUND, Shade, Side, heatmap
from icc_data.drawing.palette import LIGHT
from tests.helpers.drawn import CELLS, YEAR_CELLS, params_of


def test_a_heatmap_can_be_clicked_where_it_says_what_a_click_gives():
    picked = heatmap(CELLS, LIGHT, Side("x"), Side("y"), Shade("n"), pick=["x", "y"])
    assert charts.PICK in params_of(picked)
    (param,) = (param for param in picked.to_dict()["params"] if param["name"] == charts.PICK)
    assert param["select"]["fields"] == ["x", "y"]
    assert params_of(heatmap(CELLS, LIGHT, Side("x"), Side("y"), Shade("n"))) == set()


def test_lifts_have_their_middle_at_one_and_the_same_distance_to_both_sides():
    lifts = heatmap(CELLS, LIGHT, Side("x"), Side("y"), Shade("lift", diverging=True, faint="few"), text="said")
    cells = lifts.to_dict()["layer"][0]
    scale = cells["encoding"]["color"]["scale"]
    assert (scale["type"], scale["domain"]) == ("log", [0.25, 1, 4])
    assert scale["range"] == [LIGHT.less, LIGHT.surface, LIGHT.amount]


def test_the_legend_of_counts_names_whole_numbers_only():
    def named(*counts: int) -> list[str]:
        cells = pd.DataFrame({"x": "P", "y": [f"row {count}" for count in counts], "n": counts})
        svg = vl_convert.vegalite_to_svg(heatmap(cells, LIGHT, Side("x"), Side("y"), Shade("n")).to_dict())
        return re.findall(r"<text[^>]*>(\d+)</text>", svg)

    assert named(1) == ["0", "1"]
    assert [most for most in range(1, 12) if len(set(named(1, most))) < len(named(1, most))] == []


def test_the_number_that_shades_a_cell_is_said_once():
    drawn = heatmap(CELLS, LIGHT, Side("x"), Side("y"), Shade("n", "Practices"), tooltip={"n": "All", "lift": "Lift"})
    said = [part["field"] for part in drawn.to_dict()["encoding"]["tooltip"]]
    assert said == ["y", "x", "n", "lift"]


def test_amounts_are_shaded_from_zero():
    assert (
        heatmap(CELLS, LIGHT, Side("x"), Side("y"), Shade("n")).to_dict()["encoding"]["color"]["scale"]["domainMin"]
        == 0
    )


def test_words_in_cells_go_where_they_would_cover_each_other():
    words = heatmap(CELLS, LIGHT, Side("x"), Side("y"), Shade("n"), text="said").to_dict()["layer"][1]["mark"]
    assert words["opacity"]["expr"].startswith("width < ")


def test_a_heatmap_of_years_leaves_out_the_cells_of_others():
    chart = heatmap(YEAR_CELLS, LIGHT, Side("x"), Side("y"), Shade("n"), years=(2018, 2019)).to_dict()
    (rows,) = chart["datasets"].values()
    assert [row["x"] for row in rows] == [2019]
    assert chart["encoding"]["x"]["scale"]["domain"] == [2018, 2019]


def test_a_heatmap_of_years_keeps_a_column_for_years_without_a_mark():
    chart = heatmap(YEAR_CELLS, LIGHT, Side("x"), Side("y"), Shade("n"), years=(2010, 2026)).to_dict()
    assert chart["encoding"]["x"]["scale"]["domain"] == list(range(2010, 2027))


def test_labels_of_a_grid_are_bold_where_chosen_and_grey_where_few():
    columns = Side("x", bold=["P"], grey=["Q"])
    axis = heatmap(CELLS, LIGHT, columns, Side("y"), Shade("n")).to_dict()["encoding"]["x"]["axis"]
    assert axis["labelFontWeight"]["condition"] == {"test": 'indexof(["P"], datum.value) >= 0', "value": "bold"}
    assert axis["labelColor"]["condition"] == {"test": 'indexof(["Q"], datum.value) >= 0', "value": LIGHT.muted}


def test_a_long_label_of_a_row_takes_two_lines_on_a_telephone_and_its_row_is_higher():
    long = "Response to the war in Ukraine"
    chart = heatmap(CELLS.assign(y=long), LIGHT, Side("x"), Side("y"), Shade("n")).to_dict()
    assert '["Response to the", "war in Ukraine"]' in chart["encoding"]["y"]["axis"]["labelExpr"]
    assert chart["height"] == row_labels.TALL_ROW + AROUND


@pytest.mark.parametrize("count", [3, 9, 17])
def test_rows_keep_their_height_below_the_heads_and_above_the_shades(count: int):
    areas = [f"Area {place}" for place in range(count)]
    chart = heatmap(pd.DataFrame({"x": "P", "y": areas, "n": 1}), LIGHT, Side("x"), Side("y"), Shade("n")).to_dict()
    assert chart["height"] == count * row_labels.ROW_HEIGHT + AROUND


@pytest.mark.parametrize("heads", [["P"], [f"A country of a long name ({place})" for place in range(14)]])
def test_a_row_has_room_for_both_lines_of_its_label_below_level_and_slanted_heads(heads: list[str]):
    areas = [f"Area {place} of intercultural work" for place in range(17)]
    cells = pd.DataFrame([{"x": head, "y": area, "n": 1} for head in heads for area in areas])
    drawn = heatmap(cells, LIGHT, Side("x"), Side("y"), Shade("n")).to_dict() | {"width": 400}
    drawn["autosize"] = {"type": "fit", "contains": "padding"}
    svg = vl_convert.vegalite_to_svg(drawn)
    # Where the second row begins.
    step = re.search(r'y: Area 1 of[^>]* d="M[\d.]+,([\d.]+)', svg)
    assert step is not None
    assert float(step[1]) >= 2 * row_labels.LABEL_LINE
