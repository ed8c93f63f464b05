"""Pictures for a column of A4: grids keep cells and numbers, legends and words of a band stay apart and inside."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pandas as pd
import pytest

from icc_data.drawing import charts, row_labels
from icc_data.drawing.heatmaps import NARROWEST, Shade, Side, heatmap
from icc_data.drawing.palette import LIGHT
from icc_data.files.pictures import _on_this_sheet, chart_picture
from icc_data.files.pictures.canvas import CANVASES
from tests.packs.test_hatching import stacked
from tests.packs.test_pictures import FACTS, SVG

HEADS = [f"A network of cities ({place})" for place in range(14)]
AREAS = [f"Area {place} of intercultural work and competence" for place in range(17)]
CELLS = pd.DataFrame([{"x": head, "y": area, "n": 1.2, "said": "0.7*"} for head in HEADS for area in AREAS])


def picture(spec: object, canvas: str) -> str:
    return chart_picture(spec, "svg", LIGHT, FACTS, CANVASES[canvas]).decode()  # type: ignore[arg-type]


@pytest.mark.parametrize("canvas", CANVASES)
def test_every_cell_of_a_grid_says_its_number_whatever_the_picture_is_for(canvas: str):
    shade = Shade("n", "Times the usual", ".1f", diverging=True)
    svg = picture(heatmap(CELLS, LIGHT, Side("x"), Side("y"), shade, text="said").to_dict(), canvas)
    numbers = [text for text in ElementTree.fromstring(svg).iter(f"{SVG}text") if text.text == "0.7*"]
    assert len(numbers) == len(CELLS)
    assert {text.get("opacity", "1") for text in numbers} == {"1"}


def test_columns_without_numbers_are_as_wide_as_on_a_telephone():
    svg = picture(heatmap(CELLS, LIGHT, Side("x"), Side("y"), Shade("n")).to_dict(), "column")
    heads = sorted({float(at) for at in re.findall(r'transform="translate\(([\d.]+),[^"]*rotate\((?:-90|270)', svg)})
    assert len(heads) == len(HEADS)
    assert min(after - before for before, after in pairwise(heads)) >= NARROWEST


def test_no_letter_of_a_grid_in_print_is_smaller_than_six_points_and_the_grid_no_wider_than_the_text_of_a_page():
    areas = [f"{area} ({place})" for place, area in enumerate(AREAS)]
    cells = pd.DataFrame([{"x": head, "y": area, "n": 1.2, "said": "0.7*"} for head in areas for area in AREAS])
    shade = Shade("n", "Times as often as by chance", ".1f", diverging=True)
    root = ElementTree.fromstring(
        picture(heatmap(cells, LIGHT, Side("x"), Side("y"), shade, text="said").to_dict(), "column")
    )
    letters = [float(text.get("font-size", "").removesuffix("px")) for text in root.iter(f"{SVG}text")]
    millimetres = float(root.get("width", "").removesuffix("mm"))
    points = min(letters) * millimetres / float(root.get("viewBox", "").split()[2]) / 25.4 * 72
    assert points >= 6
    # A4 with margins of 20 mm.
    assert millimetres <= 170


def test_the_title_of_a_grids_shades_is_not_cut():
    title = "How many times as often as chance alone would have it"
    svg = picture(heatmap(CELLS, LIGHT, Side("x"), Side("y"), Shade("n", title)).to_dict(), "screen")
    assert title in svg


@pytest.mark.parametrize("canvas", CANVASES)
def test_the_legend_of_pale_parts_stands_below_that_of_colours(canvas: str):
    svg = picture(stacked(LIGHT), canvas)
    edges = re.findall(r'role-legend"[^>]*><g transform="translate\(([-\d.]+),([-\d.]+)\)', svg)
    assert len(edges) == 2
    assert edges[0][0] == edges[1][0]
    assert float(edges[0][1]) != float(edges[1][1])


@pytest.mark.parametrize(("room", "higher"), [(200, True), (900, False)])
def test_words_of_a_band_stand_above_a_long_title_of_the_axis_where_both_do_not_fit(room: int, higher: bool):
    frame = pd.DataFrame({"year": [2017, 2019], "practices": [3, 5]})
    title = "Practices, once in each of their groups"
    spec = charts.year_bars(frame, LIGHT, unfinished=(2018, 2019), count_title=title).to_dict()
    (words,) = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    least = int(re.findall(r"width < (\d+) \? -22 : -5", words["dy"]["expr"])[0])
    assert (room < least) is higher


def test_what_depends_on_the_screen_is_decided_by_the_width_of_the_sheet():
    spec = {"axis": {"labelLimit": {"expr": row_labels.LABEL_LIMIT}}, "marks": [{"expr": row_labels.ON_PHONE}]}
    _on_this_sheet(spec, 320)
    assert spec == {"axis": {"labelLimit": {"expr": "320 < 500 ? 152 : 260"}}, "marks": [{"expr": "320 < 500"}]}
