"""Grids of cells whose shade is an amount, in the look of ``charts.py``."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from icc_data.drawing import row_labels
from icc_data.drawing.charts import PICK, look_config, text_pixels
from icc_data.drawing.palette import Look
from icc_data.drawing.plain import PlainChart, Spec, View, either, name, quantity, rank
from icc_data.i18n import translate as _

# So few columns have room for level labels.
FEW_COLUMNS = 4
LONGEST_HEAD, SLANT = 300, 50
# Of a column, pixels; and what half of a year above the last column needs.
NARROWEST, LEVEL_MARGIN = 17, 16
# Of the words in cells, and what is free beside them.
WORDS, CELL_ROOM = 11, 3
# Of the years above rows and the shades below them, pixels.
AROUND = 70


@dataclass(frozen=True)
class Side:
    """The columns or the rows of a grid.

    Attributes:
        column: of the frame, that labels them.
        title: what they are, for the tooltip.
        order: the labels in their order; None keeps the frame's.
        bold: labels of what is chosen.
        grey: labels of what rests on few practices.
    """

    column: str
    title: str = ""
    order: Sequence[str] | None = None
    bold: Sequence[str] = ()
    grey: Sequence[str] = ()

    def weight(self) -> Any:
        """How heavy a label is."""
        return self._if_among(self.bold, "bold", "normal")

    def colour(self, look: Look) -> Any:
        """The colour of a label."""
        return self._if_among(self.grey, look.muted, look.text)

    def _if_among(self, labels: Sequence[str], value: str, other: str) -> Any:
        test = f"indexof({json.dumps(list(labels))}, datum.value) >= 0"
        return {"condition": {"test": test, "value": value}, "value": other} if labels else other


@dataclass(frozen=True)
class Shade:
    """The number that shades the cells.

    Attributes:
        column: of the frame, that holds it.
        title: what it is.
        form: its d3 format.
        diverging: it is a lift: 1 in the middle, logarithmic to both sides.
        faint: column of truth values that says which cells say little, drawn pale; empty for none.
    """

    column: str
    title: str = ""
    form: str = ",d"
    diverging: bool = False
    faint: str = ""

    @property
    def pale(self) -> str:
        """Whether a cell is drawn pale, as an expression of Vega."""
        return f"datum['{self.faint}']" if self.faint else "false"


def heatmap(
    frame: pd.DataFrame,
    look: Look,
    columns: Side,
    rows: Side,
    shade: Shade,
    *,
    years: tuple[int, int] | None = None,
    text: str | None = None,
    tooltip: Mapping[str, str] | None = None,
    pick: Sequence[str] = (),
) -> Any:
    """A grid of cells whose shade is an amount.

    Args:
        frame: one row a cell.
        look: the user's theme.
        columns, rows, shade: what of the frame they are.
        years: first and last column where columns are years, others left out; None for those of the frame.
        text: column written into the cell.
        tooltip: columns and titles of the tooltip beyond columns, rows and shade.
        pick: fields that a click on a cell gives back (selection ``pick``).
    """
    x = columns.column
    if years is None and pd.api.types.is_integer_dtype(frame[x]):
        years = int(frame[x].min()), int(frame[x].max())
    elif years is not None:
        frame = frame[frame[x].between(*years)]
    level = years is not None or frame[x].nunique() <= FEW_COLUMNS
    # On the screen slanted labels take their room from the height.
    heads = 0 if level else round(min(text_pixels(frame[x], 12), LONGEST_HEAD) * math.sin(math.radians(SLANT)))
    labels = [str(label) for label in frame[rows.column].unique()]
    place = {
        "x": _across(columns, years, look, level=level),
        "y": _down(rows, labels, look),
        "tooltip": _tips(frame, columns, rows, shade, tooltip),
    }
    # What rests on few practices does not stretch the shades of the rest.
    solid = frame[~frame[shade.faint]] if shade.faint else frame
    most = float((solid if len(solid) else frame)[shade.column].max())
    shaded = place | {"color": _colour(shade, look, most)}
    if shade.faint:
        shaded["opacity"] = {"value": 1.0, "condition": {"test": shade.pale, "value": 0.4}}
    mark = {"type": "rect", "stroke": look.background, "strokeWidth": 1.5, "cornerRadius": 2}
    picking = {"name": PICK, "select": {"type": "point", "fields": list(pick), "on": "click"}}
    views = [View(frame, mark, shaded, (picking,) if pick else ())]
    if text:
        # On a narrow screen the shades stand alone: words wider than their cells would cover each other.
        enough = frame[x].nunique() * (text_pixels(frame[text], WORDS) + CELL_ROOM)
        words = {"type": "text", "fontSize": WORDS, "opacity": {"expr": f"width < {enough} ? 0 : 1"}}
        views.append(View(frame, words, place | {"text": name(text), "color": _word_colour(shade, look, most)}))
    right = LEVEL_MARGIN if level else _beyond(list(columns.order or frame[x].unique()))
    # What stands above and below takes nothing from the rows: the two lines of a label need all of theirs.
    height = row_labels.row_height(labels) * max(len(labels), 1) + heads + AROUND
    return PlainChart(views, height, look_config(look, right=right))


def _beyond(heads: Sequence[Any]) -> int:
    """How many pixels slanted labels reach beyond the last column, where columns are as narrow as they get."""
    reaches = [
        min(text_pixels([head], 12), LONGEST_HEAD) * math.cos(math.radians(SLANT)) - place * NARROWEST
        for place, head in enumerate(reversed(heads))
    ]
    return max(LEVEL_MARGIN, round(max(reaches, default=0)))


def _across(columns: Side, years: tuple[int, int] | None, look: Look, *, level: bool) -> Spec:
    # Years without a mark keep their place.
    scale = {"scale": {"domain": list(range(years[0], years[1] + 1))}} if years else {}
    axis = {
        "orient": "top",
        "labelAngle": 0 if level else -SLANT,
        "labelOverlap": level,
        "labelLimit": LONGEST_HEAD,
        "labelColor": columns.colour(look),
        "labelFontWeight": columns.weight(),
        "domain": False,
        "ticks": False,
    }
    order = list(columns.order) if columns.order else None
    return rank(columns.column, sort=order, **scale, title=None, axis=axis)


def _down(rows: Side, labels: Sequence[str], look: Look) -> Spec:
    axis = {
        **row_labels.plain_row_axis(labels, look),
        "labelColor": rows.colour(look),
        "labelFontWeight": rows.weight(),
    }
    return name(rows.column, sort=list(rows.order) if rows.order else None, title=None, axis=axis)


def _tips(frame: pd.DataFrame, columns: Side, rows: Side, shade: Shade, more: Mapping[str, str] | None) -> list[Spec]:
    # The number that shades the cells may be among the rest: said twice, it would be read aloud twice.
    beyond = {column: title for column, title in (more or {}).items() if column != shade.column}
    return [
        name(rows.column, title=rows.title or _("Row")),
        rank(columns.column, title=columns.title or _("Column")),
        quantity(shade.column, title=shade.title, format=shade.form),
        *(either(frame, column, title=title) for column, title in beyond.items()),
    ]


def _word_colour(shade: Shade, look: Look, most: float) -> Spec:
    # The words turn where black and white have the same contrast to the shade; pale cells keep quiet ones.
    dark, light = ("#000000", "#ffffff") if look.name == "light" else ("#ffffff", "#000000")
    much = 2.4 if shade.diverging else most * 0.54
    return {
        "value": dark,
        "condition": {"test": f"datum['{shade.column}'] > {much} && !{shade.pale}", "value": light},
    }


def _colour(shade: Shade, look: Look, most: float) -> Spec:
    legend: Spec = {
        "title": shade.title,
        "orient": "bottom",
        "gradientLength": 180,
        # Of its own, a title is cut where the shades end.
        "titleLimit": 0,
        "gradientThickness": 8,
        "format": shade.form,
    }
    if shade.form == ",d":
        # Between two whole numbers there is nothing, and Vega would write “0 1 1” where the most is one.
        legend |= {"values": [0, 1]} if most <= 1 else {"tickMinStep": 1}
    if not shade.diverging:
        scale = {"range": list(look.ramp), "domainMin": 0, "domainMax": max(most, 1e-9), "clamp": True}
        return quantity(shade.column, scale=scale, legend=legend)
    hues = [look.less, look.surface, look.amount]
    lift = {"type": "log", "domain": [0.25, 1, 4], "range": hues, "clamp": True, "interpolate": "rgb"}
    return quantity(shade.column, scale=lift, legend={**legend, "values": [0.25, 0.5, 1, 2, 4]})
