"""Rates by year as a line with its interval, and rates of classes as dots on theirs."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from icc_data.drawing.charts import YEARS, text_pixels, themed, with_band
from icc_data.drawing.palette import Look
from icc_data.drawing.row_labels import row_axis
from icc_data.i18n import translate as _

ROW = 30
# An interval of few practices may reach so many times as high as the line; beyond it is cut.
_REACH = 1.8


def rate_line(
    frame: pd.DataFrame,
    look: Look,
    *,
    axis_title: str,
    rule: float | None = None,
    unfinished: tuple[int, int] | None = None,
    height: int = 320,
) -> Any:
    """A rate through the years with its 95% interval; years of few practices have a hollow dot.

    Args:
        frame: ``year, value, low, high, few``, and ``value_words, range_words, of_words``.
        look: the user's theme.
        axis_title: what the height of the line is.
        rule: a height at which a dashed line stands; None for none.
        unfinished: the first and last year of which more is still to be published.
        height: pixels.
    """
    low, high = int(frame["year"].min()), max(int(frame["year"].max()), unfinished[1] if unfinished else 0)
    room = max(0.6, (12 - (high - low)) / 2)
    x = alt.X(
        f"{YEARS}:Q",
        title=None,
        scale=alt.Scale(domain=[low - room, high + room], nice=False),
        axis=alt.Axis(format="d", tickMinStep=1, labelOverlap="greedy", labelSeparation=6, grid=False),
    )
    heights = alt.Axis(title=axis_title, titleAngle=0, titleAlign="left", titleAnchor="start", titleY=-8, titleX=0)
    top = max(float(frame["value"].max()) * 1.1, min(float(frame["high"].max()), float(frame["value"].max()) * _REACH))
    y = alt.Y("value:Q", axis=heights, scale=alt.Scale(domain=[0, top or 1.0], nice=True, clamp=True))
    base = alt.Chart(frame.assign(**{YEARS: frame["year"]}), height=height).encode(x=x, y=y)
    tooltip = [
        alt.Tooltip("year:Q", title=_("Year"), format="d"),
        alt.Tooltip("value_words:N", title=axis_title),
        alt.Tooltip("of_words:N", title=_("Made of")),
        alt.Tooltip("range_words:N", title=_("95% interval")),
    ]
    band = base.mark_area(color=look.amount, opacity=0.16).encode(y=alt.Y("low:Q"), y2="high:Q")
    line = base.mark_line(color=look.amount, strokeWidth=2.5)
    dots = base.mark_point(size=40, opacity=1, filled=True, stroke=look.amount, strokeWidth=1.5).encode(
        fill=alt.FillValue(look.amount, condition={"test": "datum.few", "value": look.background}), tooltip=tooltip
    )
    dots = dots.add_params(
        alt.selection_interval(
            name=YEARS,
            encodings=["x"],
            mark=alt.BrushConfig(fill=look.amount, fillOpacity=0.12, stroke=look.amount),
        )
    )
    layers = [band, *_rule(base, rule, look), line, dots]
    return themed(with_band(alt.layer(*layers), unfinished, look), look)


def _rule(base: Any, height: float | None, look: Look) -> list[Any]:
    if height is None:
        return []
    return [
        base.mark_rule(color=look.muted, strokeDash=[4, 4]).encode(
            x=alt.value(0), x2=alt.value("width"), y=alt.datum(height)
        )
    ]


def rate_dots(frame: pd.DataFrame, look: Look, *, axis_title: str) -> Any:
    """The rate of each class as a dot on its 95% interval, in the order of the frame, with what it is made of.

    Args:
        frame: ``label, value, low, high, few``, and ``value_words, range_words, of_words``.
        look: the user's theme.
        axis_title: what the rates are.
    """
    labels = list(frame["label"])
    pixels = text_pixels(frame["value_words"], 12) + 14
    largest = float(frame["value"].max())
    most = max(largest * 1.1, min(float(frame["high"].max()) * 1.02, largest * 3))
    scale = alt.Scale(
        domain=[0, most or 1.0], nice=False, range=[0, alt.ExprRef(f"max(24, width - {pixels})")], clamp=True
    )
    axis = alt.Axis(title=axis_title, orient="top", grid=True, tickCount=6, titleAnchor="start", titleAlign="left")
    base = alt.Chart(frame, height=ROW * (len(labels) + 1)).encode(
        y=alt.Y("label:N", sort=labels, title=None, axis=row_axis(labels, look)),
        tooltip=[
            alt.Tooltip("label:N", title=_("Name")),
            alt.Tooltip("value_words:N", title=axis_title),
            alt.Tooltip("of_words:N", title=_("Made of")),
            alt.Tooltip("range_words:N", title=_("95% interval")),
        ],
    )
    reach = base.mark_rule(strokeWidth=2, color=look.amount).encode(
        x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
    )
    dots = base.mark_point(size=80, opacity=1, filled=True, stroke=look.amount, strokeWidth=1.5).encode(
        x=alt.X("value:Q", scale=scale),
        fill=alt.FillValue(look.amount, condition={"test": "datum.few", "value": look.background}),
    )
    words = base.mark_text(align="right", color=look.muted).encode(x=alt.value("width"), text="value_words:N")
    return themed(alt.layer(reach, dots, words), look)
