"""Pictures of a given size keep letters that can be read: rows come closer, and of too many the first are drawn."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from icc_data.drawing import charts
from icc_data.drawing.heatmaps import Shade, Side, heatmap
from icc_data.drawing.palette import LIGHT
from icc_data.drawing.plain import PlainChart
from icc_data.files.pictures import chart_picture
from icc_data.files.pictures.canvas import CANVASES
from icc_data.i18n import set_language
from tests.packs.test_pictures import BY_YEAR, FACTS, RANKED, SVG, said

SIZED = ["slide", "card"]
# Of which it is told here and in the code apart: nine pixels of a card are the least.
READABLE = 9


def grid(rows: int) -> dict[str, object]:
    """A grid of so many rows, in an order of its own: the last of the frame stands first."""
    order = [f"Row {place:02}" for place in range(1, rows + 1)]
    cells = pd.DataFrame([{"x": f"Head {x}", "y": y, "n": 1} for y in reversed(order) for x in range(6)])
    return heatmap(cells, LIGHT, Side("x"), Side("y", order=order), Shade("n")).to_dict()  # type: ignore[no-any-return]


def picture(spec: object, canvas: str) -> str:
    return chart_picture(spec, "svg", LIGHT, FACTS, CANVASES[canvas]).decode()  # type: ignore[arg-type]


def rows_in(svg: str) -> list[str]:
    return re.findall(r"^Row \d\d$", said(svg), re.MULTILINE)


def smallest_letters(svg: str) -> float:
    """Of a fitted picture, in pixels of the canvas."""
    (inner,) = ElementTree.fromstring(svg).findall(f"{SVG}svg")
    scale = float(inner.get("width", "")) / float(inner.get("viewBox", "").split()[2])
    sizes = [float(text.get("font-size", "99").removesuffix("px")) for text in inner.iter(f"{SVG}text")]
    return min(sizes) * scale


@pytest.mark.parametrize("canvas", SIZED)
@pytest.mark.parametrize("rows", [17, 40])
def test_letters_of_a_high_grid_can_be_read(canvas: str, rows: int):
    assert smallest_letters(picture(grid(rows), canvas)) >= READABLE - 0.05


@pytest.mark.parametrize("canvas", SIZED)
def test_a_grid_of_all_policy_areas_keeps_its_17_rows(canvas: str):
    svg = picture(grid(17), canvas)
    assert len(rows_in(svg)) == 17
    assert "could not be read" not in said(svg)


@pytest.mark.parametrize("canvas", SIZED)
def test_of_too_many_rows_the_first_are_drawn_and_the_picture_says_how_many(canvas: str):
    svg = picture(grid(40), canvas)
    shown = rows_in(svg)
    assert 17 < len(shown) < 40
    assert shown == [f"Row {place:02}" for place in range(1, len(shown) + 1)]
    words = f"The first {len(shown)} of the figure’s 40 rows: more could not be read at this size."
    assert words in said(svg)


@pytest.mark.parametrize("canvas", ["screen", "column"])
def test_a_picture_as_high_as_it_has_to_be_keeps_all_rows(canvas: str):
    assert len(rows_in(picture(grid(40), canvas))) == 40


def test_columns_of_rows_that_are_not_drawn_keep_their_place():
    spec = grid(40)
    for cells in spec["datasets"].values():  # type: ignore[attr-defined]
        # The last column has a cell in the last row alone.
        cells[:] = [cell for cell in cells if cell["x"] != "Head 5" or cell["y"] == "Row 40"]
    assert "Head 5" in said(picture(spec, "card"))


def test_bars_in_the_order_of_their_frame_keep_the_first():
    ranked = pd.DataFrame(
        {"code": f"c{place}", "label": f"Row {place:02}", "practices": 99 - place, "text": ""} for place in range(1, 61)
    )
    shown = rows_in(picture(charts.ranked_bars(ranked, LIGHT).to_dict(), "card"))
    assert shown == [f"Row {place:02}" for place in range(1, len(shown) + 1)]
    assert len(shown) < 60


def test_a_slide_to_edit_draws_what_can_be_read_and_says_so_in_its_notes_too():
    (page,) = Presentation(io.BytesIO(chart_picture(grid(40), "pptx", LIGHT, FACTS))).slides
    (drawing,) = [shape for shape in page.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    told = re.findall(r"The first (\d+) of the figure’s 40 rows", page.notes_slide.notes_text_frame.text)
    assert 17 < int(told[0]) < 40
    # A letter of 11 pixels of the drawing, which has two pixels of its own for each.
    assert 11 * 2 * drawing.width / 12700 / drawing.image.size[0] >= READABLE * 0.75 - 0.05


def test_it_is_said_in_french():
    set_language("fr")
    words = said(picture(grid(40), "card"))
    assert re.search("Les \\d+ premières des 40 lignes de la figure\u00a0: davantage ne pourrait se lire", words)


@pytest.mark.parametrize("canvas", CANVASES)
@pytest.mark.parametrize("spec", [charts.year_bars(BY_YEAR, LIGHT), charts.ranked_bars(RANKED, LIGHT)])
def test_no_pixel_of_a_png_is_transparent(canvas: str, spec: PlainChart):
    png = Image.open(io.BytesIO(chart_picture(spec.to_dict(), "png", LIGHT, FACTS, CANVASES[canvas])))
    assert np.asarray(png.convert("RGBA"))[..., 3].min() == 255
