"""Charts for a review meeting, in the look of ``charts``: who covers what, and what grows; legible from afar."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from icc_data.drawing.charts import PICK, text_pixels, themed
from icc_data.drawing.palette import Look, mix
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
    x, y = _columns(grid, look, type_size), _rows(grid, look, type_size)
    height = round(type_size * 1.75) * max(len(grid.rows), 1) + _head_height(grid, type_size)
    base = alt.Chart(cells, height=height).encode(x=x, y=y, tooltip=_cell_tips())
    rounded: dict[str, Any] = {"cornerRadius": 2, "stroke": look.background, "strokeWidth": 1.5}
    unsure = alt.ColorValue(gap_colour(look), condition={"test": "datum.uncoded > 0", "value": unsure_colour(look)})
    empty = base.transform_filter("datum.practices == 0").mark_rect(**rounded).encode(color=unsure)
    ramp = alt.Scale(range=list(look.ramp[1:]), domainMin=1, domainMax=max(most, 2), clamp=True)
    held = (
        base.transform_filter("datum.practices > 0")
        .mark_rect(**rounded)
        .encode(color=alt.Color("practices:Q", scale=ramp, legend=None))
    )
    dark, light = ("#000000", "#ffffff") if look.name == "light" else ("#ffffff", "#000000")
    turned = {"test": f"datum.practices > {1 + (max(most, 2) - 1) * 0.42}", "value": light}
    words = (
        base.transform_filter("datum.text != ''")
        .mark_text(fontSize=type_size)
        .encode(text="text:N", color=alt.ColorValue(dark, condition=turned))
    )
    beside = (
        alt.Chart(margins)
        .mark_text(fontSize=type_size)
        .encode(
            x=alt.X("margin:N", scale=_scale(grid)),
            y=alt.Y("row:N", sort=list(grid.rows)),
            text="text:N",
            color=alt.ColorValue(look.text, condition={"test": "datum.alarm", "value": look.less}),
            tooltip=[
                alt.Tooltip("label:N", title=_("Place")),
                alt.Tooltip("margin:N", title=_("Number")),
                alt.Tooltip("text:N", title=_("Value")),
            ],
        )
    )
    picked = alt.selection_point(name=PICK, fields=["unit", "head", "policy_area"], on="click")
    return themed(alt.layer(empty, held.add_params(picked), words, beside), look, right=90)


def _scale(grid: Grid) -> alt.Scale:
    return alt.Scale(domain=[*grid.areas, _ROOM, *grid.margins])


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


def _columns(grid: Grid, look: Look, type_size: int) -> alt.X:
    lines = {name: head_lines(name) for name in grid.areas}
    axis = alt.Axis(
        orient="top",
        labelAngle=-SLANT,
        labelOverlap=False,
        labelFontSize=type_size,
        labelLineHeight=type_size,
        labelColor=look.text,
        # No head is cut.
        labelLimit=0,
        labelExpr=f"{json.dumps(lines)}[datum.value] || datum.value",
        # A second line stands nearer to the fields than the first.
        labelPadding=round(1.1 * type_size),
        domain=False,
        ticks=False,
    )
    return alt.X("area:N", title=None, scale=_scale(grid), axis=axis)


def _rows(grid: Grid, look: Look, type_size: int) -> alt.Y:
    # The keys hold a sign that no label has; as a text in an expression it needs no escape.
    test = f"indexof({list(grid.heads)!r}, datum.value) >= 0"
    weight: Any = {"condition": {"test": test, "value": "bold"}, "value": "normal"} if grid.heads else "normal"
    axis = alt.Axis(
        labelExpr=_LABEL, labelFontSize=type_size, labelColor=look.text, labelFontWeight=weight, labelPadding=8
    )
    return alt.Y("row:N", sort=list(grid.rows), title=None, axis=axis)


def _cell_tips() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title=_("Place")),
        alt.Tooltip("area:N", title=_("Policy area")),
        alt.Tooltip("practices:Q", title=_("Practices"), format=",d"),
        alt.Tooltip("uncoded:Q", title=_("Not coded yet"), format=",d"),
    ]


def movement_dots(frame: pd.DataFrame, look: Look, *, type_size: int = TYPE) -> Any:
    """How far each share moved from one period to the next: a dot with its interval on either side of no change.

    Args:
        frame: what ``analysis.review_momentum.movements`` gives, at least one row.
        look: the user's theme.
        type_size: pixels of the type.
    """
    height = round(type_size * 2.1) * len(frame) + type_size * 4
    order = list(frame["label"])
    colour = alt.ColorValue(
        look.unknown,
        condition=[
            {"test": "!datum.chance && datum.difference > 0", "value": look.amount},
            {"test": "!datum.chance && datum.difference < 0", "value": look.less},
        ],
    )
    tooltip = [
        alt.Tooltip("label:N", title=_("Term")),
        alt.Tooltip("before_words:N", title=_("Before")),
        alt.Tooltip("now_words:N", title=_("In the period")),
        alt.Tooltip("difference_words:N", title=_("Difference")),
        alt.Tooltip("chance_words:N", title=_("Judged")),
    ]
    y = alt.Y(
        "label:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelFontSize=type_size, labelColor=look.text, labelLimit=type_size * 22),
    )
    axis = alt.Axis(
        labelFontSize=type_size,
        titleFontSize=type_size,
        # Below the names too: on a telephone the title is longer than the axis.
        titleAnchor="end",
        labelExpr="round(datum.value * 100)",
        tickCount=10,
        grid=True,
    )
    title = _("Difference of the shares, in percentage points")
    base = alt.Chart(frame, height=height).encode(y=y, color=colour, tooltip=tooltip)
    zero = alt.Chart(frame.head(1)).mark_rule(color=look.muted).encode(x=alt.datum(0))
    reach = base.mark_rule(strokeWidth=type_size / 4).encode(
        x=alt.X("difference_low:Q", title=title, axis=axis), x2="difference_high:Q"
    )
    dots = base.mark_circle(size=type_size * 12, opacity=1).encode(x=alt.X("difference:Q", title=title, axis=axis))
    if type_size < PROJECTED:
        return themed(alt.layer(zero, reach, dots), look)
    # Nobody points at a projector's screen: what a tooltip says stands beside it.
    words = base.mark_text(align="left", dx=12, fontSize=type_size).encode(
        x=alt.value("width"), text="shares_words:N", color=alt.value(look.text)
    )
    return themed(alt.layer(zero, reach, dots, words), look, right=text_pixels(frame["shares_words"], type_size) + 12)
