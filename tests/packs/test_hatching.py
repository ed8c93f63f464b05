"""Bars of a picture are told apart in grey by lines across them, a direction for each colour; so are pale parts."""

from __future__ import annotations

import io
import re
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
import vl_convert
from PIL import Image

from icc_data.drawing import charts
from icc_data.drawing.palette import DARK, LIGHT, PALE, Look
from icc_data.files.pictures import _still, chart_picture
from icc_data.files.pictures.canvas import SCREEN
from icc_data.files.pictures.grids import views
from icc_data.files.pictures.hatching import LINES, coloured_bars, hatched
from tests.packs.test_pictures import FACTS

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
PARTS = ("Start year", "Year as published")
GROUPS = ("Trust", "Identity", "Access")


def hues(look: Look) -> list[str]:
    """All colours that bars of one chart have: six countries, all others, none stated."""
    return [*look.categories, look.others, look.unknown]


def stacked(look: Look, groups: tuple[str, ...] = GROUPS) -> dict[str, Any]:
    rows = [
        {
            "year": 2019,
            "label": label,
            "practices": 7,
            "sure": 4,
            "unsure": 3,
            "part": part,
            "count": count,
            "rank": rank,
        }
        for rank, (label, part, count) in enumerate(
            (label, part, count) for label in groups for part, count in zip(PARTS, (4, 3), strict=True)
        )
    ]
    colours = dict(zip(groups, look.commitments.values(), strict=False))
    drawn: dict[str, Any] = charts.year_bars(pd.DataFrame(rows), look, colours=colours, parts=PARTS).to_dict()
    return drawn


def in_grey(look: Look) -> dict[tuple[int, float], np.ndarray[Any, Any]]:
    """A field of 60 pixels painted like each colour and its pale part, as a print in grey has it."""
    size, fields = 60, [(place, opacity) for place in range(len(LINES)) for opacity in (1.0, PALE)]
    painted = "".join(
        f'<path transform="translate({at * size},0)" d="M0,0h{size}v{size}h-{size}Z" fill="{hues(look)[place]}" '
        f'opacity="{opacity:g}"/>'
        for at, (place, opacity) in enumerate(fields)
    )
    whole = f'width="{size * len(fields)}" height="{size}"'
    ground = f'<rect {whole} fill="{look.background}"/>'
    svg = hatched(
        f'<svg xmlns="http://www.w3.org/2000/svg" {whole}>{ground}{painted}</svg>', hues(look), look.background
    )
    pixels = np.asarray(Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=1.0))).convert("L"), dtype=float)
    return {field: pixels[:, at * size : (at + 1) * size] for at, field in enumerate(fields)}


@LOOKS
def test_no_two_colours_or_pale_parts_look_alike_in_grey(look: Look):
    fields = in_grey(look)
    # Of 256 steps of grey, pixel by pixel: lines of another direction, or a ground of another lightness.
    alike = {
        (one, other): float(difference)
        for one, other in combinations(fields, 2)
        if (difference := np.abs(fields[one] - fields[other]).mean()) < 12
    }
    assert alike == {}


def test_without_lines_they_would_look_alike():
    plain = np.array([np.asarray(Image.new("RGB", (1, 1), hue).convert("L"))[0, 0] for hue in hues(LIGHT)], dtype=float)
    assert min(abs(one - other) for one, other in combinations(plain, 2)) < 12


@LOOKS
def test_the_legend_has_the_lines_of_the_bars(look: Look):
    svg = chart_picture(stacked(look), "svg", look, FACTS).decode()
    legend = svg[svg.index("role-legend") :]
    # The first colour has none.
    assert [f"url(#lines-{place})" in legend for place in range(len(GROUPS))] == [False, True, True]
    painted = set(re.findall(r'fill="url\(#([^)]+)\)"', svg[: svg.index("role-legend")]))
    assert painted == {f"lines-{place}{pale}" for place in (1, 2) for pale in ("", "-pale")}


@LOOKS
def test_what_a_legend_says_of_pale_parts_is_seen_on_the_ground_of_its_look(look: Look):
    spec = _still(stacked(look), SCREEN)
    (legend,) = [view["encoding"]["opacity"]["legend"] for view in views(spec) if "opacity" in view.get("encoding", {})]
    assert legend["symbolFillColor"] == look.text


def test_two_colours_have_no_lines_as_they_differ_in_lightness():
    assert coloured_bars(views(stacked(LIGHT, GROUPS[:2]))) == []
    assert "url(#lines" not in chart_picture(stacked(LIGHT, GROUPS[:2]), "svg", LIGHT, FACTS).decode()
