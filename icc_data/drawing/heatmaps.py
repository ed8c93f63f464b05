"""Grids of cells whose shade is an amount, in the look of ``charts.py``."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from icc_data.drawing import row_labels
from icc_data.drawing.charts import PICK, text_pixels, themed
from icc_data.drawing.palette import Look
from icc_data.i18n import translate as _

# So few columns have room for level labels.
FEW_COLUMNS = 4
LONGEST_HEAD, SLANT = 300, 50
# Of a column, pixels; and what half of a year above the last column needs.
NARROWEST, LEVEL_MARGIN = 17, 16
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
    row_height: int | None = None,
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
        row_height: pixels; None for as much as the labels need on a telephone.
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
    tall = row_height or row_labels.row_height(labels)
    # Two lines of a label leave no room for what stands above and below the rows.
    around = AROUND if row_height is None and tall > row_labels.ROW_HEIGHT else 0
    base = alt.Chart(frame, height=tall * max(len(labels), 1) + heads + around).encode(
        x=_across(columns, years, look, level=level),
        y=_down(rows, labels, look),
        tooltip=_tips(columns, rows, shade, tooltip),
    )
    # What rests on few practices does not stretch the shades of the rest.
    solid = frame[~frame[shade.faint]] if shade.faint else frame
    most = float((solid if len(solid) else frame)[shade.column].max())
    cells = base.mark_rect(stroke=look.background, strokeWidth=1.5, cornerRadius=2).encode(
        color=_colour(shade, look, most)
    )
    if shade.faint:
        cells = cells.encode(opacity=alt.OpacityValue(1.0, condition={"test": shade.pale, "value": 0.4}))
    if pick:
        cells = cells.add_params(alt.selection_point(name=PICK, fields=list(pick), on="click"))
    # On a narrow screen the shades stand alone: words wider than their cells would cover each other.
    words = (
        [_words(base, text, shade, look, most, frame[x].nunique() * (text_pixels(frame[text], 11) + 3))] if text else []
    )
    right = LEVEL_MARGIN if level else _beyond(list(columns.order or frame[x].unique()))
    return themed(alt.layer(cells, *words) if words else cells, look, right=right)


def _beyond(heads: Sequence[Any]) -> int:
    """How many pixels slanted labels reach beyond the last column, where columns are as narrow as they get."""
    reaches = [
        min(text_pixels(pd.Series([head]), 12), LONGEST_HEAD) * math.cos(math.radians(SLANT)) - place * NARROWEST
        for place, head in enumerate(reversed(heads))
    ]
    return max(LEVEL_MARGIN, round(max(reaches, default=0)))


def _across(columns: Side, years: tuple[int, int] | None, look: Look, *, level: bool) -> alt.X:
    return alt.X(
        f"{columns.column}:O",
        sort=list(columns.order) if columns.order else None,
        # Years without a mark keep their place.
        scale=alt.Scale(domain=list(range(years[0], years[1] + 1))) if years else alt.Undefined,
        title=None,
        axis=alt.Axis(
            orient="top",
            labelAngle=0 if level else -SLANT,
            labelOverlap=level,
            labelLimit=LONGEST_HEAD,
            labelColor=columns.colour(look),
            labelFontWeight=columns.weight(),
            domain=False,
            ticks=False,
        ),
    )


def _down(rows: Side, labels: Sequence[str], look: Look) -> alt.Y:
    axis = row_labels.row_axis(labels, look)
    axis.labelColor, axis.labelFontWeight = rows.colour(look), rows.weight()
    return alt.Y(f"{rows.column}:N", sort=list(rows.order) if rows.order else None, title=None, axis=axis)


def _tips(columns: Side, rows: Side, shade: Shade, more: Mapping[str, str] | None) -> list[alt.Tooltip]:
    return [
        alt.Tooltip(f"{rows.column}:N", title=rows.title or _("Row")),
        alt.Tooltip(f"{columns.column}:O", title=columns.title or _("Column")),
        alt.Tooltip(f"{shade.column}:Q", title=shade.title, format=shade.form),
        *(alt.Tooltip(column, title=title) for column, title in (more or {}).items()),
    ]


def _words(base: Any, text: str, shade: Shade, look: Look, most: float, enough: int) -> Any:
    """The words in the cells, where the picture is at least ``enough`` pixels wide."""
    # The words turn where black and white have the same contrast to the shade; pale cells keep quiet ones.
    dark, light = ("#000000", "#ffffff") if look.name == "light" else ("#ffffff", "#000000")
    much = 2.4 if shade.diverging else most * 0.54
    on_shade = {"test": f"datum['{shade.column}'] > {much} && !{shade.pale}", "value": light}
    return base.mark_text(fontSize=11, opacity=alt.ExprRef(f"width < {enough} ? 0 : 1")).encode(
        text=f"{text}:N",
        # As a channel: Altair's alt.condition() is looked up among all its classes each time, 20 ms a chart.
        color=alt.ColorValue(dark, condition=on_shade),
    )


def _colour(shade: Shade, look: Look, most: float) -> alt.Color:
    legend: dict[str, Any] = {
        "title": shade.title,
        "orient": "bottom",
        "gradientLength": 180,
        "gradientThickness": 8,
        "format": shade.form,
    }
    if shade.form == ",d":
        # Between two whole numbers there is nothing: “0 1 1” where the most is one.
        legend["tickMinStep"] = 1
    if not shade.diverging:
        return alt.Color(
            f"{shade.column}:Q",
            scale=alt.Scale(range=list(look.ramp), domainMin=0, domainMax=max(most, 1e-9), clamp=True),
            legend=alt.Legend(**legend),
        )
    lift = alt.Scale(
        type="log", domain=[0.25, 1, 4], range=[look.less, look.surface, look.amount], clamp=True, interpolate="rgb"
    )
    return alt.Color(f"{shade.column}:Q", scale=lift, legend=alt.Legend(**legend, values=[0.25, 0.5, 1, 2, 4]))
