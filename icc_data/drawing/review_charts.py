"""Charts for a review meeting, in the look of ``charts``: who covers what, and what grows; legible from afar."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from icc_data.drawing.charts import PICK, look_config, text_pixels
from icc_data.drawing.palette import Look, mix
from icc_data.drawing.plain import PlainChart, Spec, View, name, quantity, where
from icc_data.i18n import translate as _

TYPE = 12
"""Pixels of the type on a page."""
PROJECTED = 20
"""Pixels of the type on a projector."""
# What a row of the grid is keyed by begins with its label and this.
SEPARATOR = "\u001f"
_LABEL = f"split(datum.value, '{SEPARATOR}')[0]"
SLANT = 50
LONGEST_LINE = 22
"""Letters of a head from which on it takes two lines."""
# Between the policy areas and what stands beside them.
_ROOM = "\u00a0"


@dataclass(frozen=True)
class Grid:
    """The order of a grid.

    Attributes:
        rows: keys of the rows, from top to bottom.
        heads: keys of the rows that head a group.
        areas: labels of the columns with shades.
        margins: labels of the columns beside them.
    """

    rows: Sequence[str]
    heads: Sequence[str]
    areas: Sequence[str]
    margins: Sequence[str]


def gap_colour(look: Look) -> str:
    """The warm colour of a field without a practice."""
    return mix(look.less, look.background, 0.76)


def unsure_colour(look: Look) -> str:
    """The colour of a field without a practice of a place of which some are not coded yet."""
    return mix(look.unknown, look.background, 0.76)


def coverage_grid(
    cells: pd.DataFrame, margins: pd.DataFrame, look: Look, grid: Grid, *, most: int, type_size: int = TYPE
) -> Any:
    """Who covers which policy area: a shade for practices, a warm field for none, a grey one with a mark where what is
    not coded yet may be of the area, and numbers beside them.

    Args:
        cells: ``row, unit, label, head, area, policy_area, practices, uncoded, text``, one row a cell.
        margins: ``row, label, head, margin, text, alarm``, one row a number beside them.
        look: the user's theme.
        grid: the order of rows and columns.
        most: the practices that have the darkest shade.
        type_size: pixels of the type.

    Returns:
        A chart with the selection ``pick`` of the fields ``unit, head, policy_area``.
    """
    place = {"x": _columns(grid, look, type_size), "y": _rows(grid, look, type_size)}
    cell = place | {"tooltip": _cell_tips()}
    rounded = {"type": "rect", "cornerRadius": 2, "stroke": look.background, "strokeWidth": 1.5}
    unsure = {"test": "datum.uncoded > 0", "value": unsure_colour(look)}
    empty = {"color": {"value": gap_colour(look), "condition": unsure}}
    ramp = {"range": list(look.ramp[1:]), "domainMin": 1, "domainMax": max(most, 2), "clamp": True}
    dark, light = ("#000000", "#ffffff") if look.name == "light" else ("#ffffff", "#000000")
    turned = {"test": f"datum.practices > {1 + (max(most, 2) - 1) * 0.42}", "value": light}
    words = {"type": "text", "fontSize": type_size}
    picked = {"name": PICK, "select": {"type": "point", "fields": ["unit", "head", "policy_area"], "on": "click"}}
    beside = {
        "x": name("margin", scale=_scale(grid)),
        "y": name("row", sort=list(grid.rows)),
        "text": name("text"),
        "color": {"value": look.text, "condition": {"test": "datum.alarm", "value": look.less}},
        "tooltip": [
            name("label", title=_("Place")),
            name("margin", title=_("Number")),
            name("text", title=_("Value")),
        ],
    }
    views = [
        View(cells, rounded, cell | empty, transform=(where("datum.practices == 0"),)),
        View(
            cells,
            rounded,
            cell | {"color": quantity("practices", scale=ramp, legend=None)},
            (picked,),
            (where("datum.practices > 0"),),
        ),
        View(
            cells,
            words,
            cell | {"text": name("text"), "color": {"value": dark, "condition": turned}},
            transform=(where("datum.text != ''"),),
        ),
        View(margins, words, beside),
    ]
    height = round(type_size * 1.75) * max(len(grid.rows), 1) + _head_height(grid, type_size)
    return PlainChart(views, height, look_config(look, right=90))


def _scale(grid: Grid) -> Spec:
    return {"domain": [*grid.areas, _ROOM, *grid.margins]}


def head_lines(name: str) -> list[str]:
    """A head in one line, or in two that are as equally long as its words let them be.

    Args:
        name: of a policy area.
    """
    words = name.split(" ")
    if len(name) <= LONGEST_LINE or len(words) == 1:
        return [name]
    halves = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    return list(min(halves, key=lambda lines: max(map(len, lines))))


def _head_height(grid: Grid, type_size: int) -> int:
    every = [line for name in (*grid.areas, *grid.margins) for line in head_lines(name)]
    longest = text_pixels(pd.Series(every), type_size)
    # A letter is as high as it is slanted, and stands off the cells a little.
    return round(longest * math.sin(math.radians(SLANT)) + 2.4 * type_size)


def _columns(grid: Grid, look: Look, type_size: int) -> Spec:
    lines = {name: head_lines(name) for name in grid.areas}
    axis = {
        "orient": "top",
        "labelAngle": -SLANT,
        "labelOverlap": False,
        "labelFontSize": type_size,
        "labelLineHeight": type_size,
        "labelColor": look.text,
        # No head is cut.
        "labelLimit": 0,
        "labelExpr": f"{json.dumps(lines)}[datum.value] || datum.value",
        # A second line stands nearer to the fields than the first.
        "labelPadding": round(1.1 * type_size),
        "domain": False,
        "ticks": False,
    }
    return name("area", title=None, scale=_scale(grid), axis=axis)


def _rows(grid: Grid, look: Look, type_size: int) -> Spec:
    # The keys hold a sign that no label has; as a text in an expression it needs no escape.
    test = f"indexof({list(grid.heads)!r}, datum.value) >= 0"
    weight: Any = {"condition": {"test": test, "value": "bold"}, "value": "normal"} if grid.heads else "normal"
    axis = {
        "labelExpr": _LABEL,
        "labelFontSize": type_size,
        "labelColor": look.text,
        "labelFontWeight": weight,
        "labelPadding": 8,
    }
    return name("row", sort=list(grid.rows), title=None, axis=axis)


def _cell_tips() -> list[Spec]:
    return [
        name("label", title=_("Place")),
        name("area", title=_("Policy area")),
        quantity("practices", title=_("Practices"), format=",d"),
        quantity("uncoded", title=_("Not coded yet"), format=",d"),
    ]


def movement_dots(frame: pd.DataFrame, look: Look, *, type_size: int = TYPE) -> Any:
    """How far each share moved from one period to the next: a dot with its interval on either side of no change.

    Args:
        frame: what ``analysis.review_momentum.movements`` gives, at least one row.
        look: the user's theme.
        type_size: pixels of the type.
    """
    labels = {"labelFontSize": type_size, "labelColor": look.text, "labelLimit": type_size * 22}
    axis = {
        "labelFontSize": type_size,
        "titleFontSize": type_size,
        # Below the names too: on a telephone the title is longer than the axis.
        "titleAnchor": "end",
        "labelExpr": "round(datum.value * 100)",
        "tickCount": 10,
        "grid": True,
    }
    clear = [
        {"test": "!datum.chance && datum.difference > 0", "value": look.amount},
        {"test": "!datum.chance && datum.difference < 0", "value": look.less},
    ]
    place = {
        "y": name("label", sort=list(frame["label"]), title=None, axis=labels),
        "color": {"value": look.unknown, "condition": clear},
        "tooltip": [
            name("label", title=_("Term")),
            name("before_words", title=_("Before")),
            name("now_words", title=_("In the period")),
            name("difference_words", title=_("Difference")),
            name("chance_words", title=_("Judged")),
        ],
    }

    def at(column: str) -> Spec:
        return quantity(column, title=_("Difference of the shares, in percentage points"), axis=axis)

    reach = place | {"x": at("difference_low"), "x2": {"field": "difference_high"}}
    dot = {"type": "circle", "size": type_size * 12, "opacity": 1}
    views = [
        View(frame.head(1), {"type": "rule", "color": look.muted}, {"x": {"datum": 0}}),
        View(frame, {"type": "rule", "strokeWidth": type_size / 4}, reach),
        View(frame, dot, place | {"x": at("difference")}),
    ]
    height = round(type_size * 2.1) * len(frame) + type_size * 4
    if type_size < PROJECTED:
        return PlainChart(views, height, look_config(look))
    # Nobody points at a projector's screen: what a tooltip says stands beside it.
    beside = place | {"x": {"value": "width"}, "text": name("shares_words"), "color": {"value": look.text}}
    views.append(View(frame, {"type": "text", "align": "left", "dx": 12, "fontSize": type_size}, beside))
    right = text_pixels(frame["shares_words"], type_size) + 12
    return PlainChart(views, height, look_config(look, right=right))
