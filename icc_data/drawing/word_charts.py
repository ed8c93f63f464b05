"""Words through time: a line a word over periods, with the interval of few lines."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from icc_data.drawing.charts import themed
from icc_data.drawing.palette import Look
from icc_data.i18n import translate as _

MOST_BANDS = 3


def word_lines(frame: pd.DataFrame, look: Look, colours: Mapping[str, str], *, height: int = 300) -> Any:
    """The share of each period's practices that hold a word; periods of few practices have a hollow dot and no line.

    Args:
        frame: what ``analysis.word_shares.lines`` gives.
        look: the user's theme.
        colours: colour by word.
        height: pixels.
    """
    bands = len(colours) <= MOST_BANDS
    solid = frame[~frame["few"]]
    highest = float((solid if len(solid) else frame)["high" if bands else "share"].max())
    top = min(1.0, max(0.1, math.ceil(highest * 10) / 10))
    periods = list(dict.fromkeys(frame.sort_values("last_year")["period"]))
    x = alt.X("period:O", title=None, sort=periods, axis=alt.Axis(labelAngle=0, labelOverlap="greedy", grid=False))
    axis = alt.Axis(
        title=_("Share of all practices of the period"),
        format=".0%",
        tickCount=5,
        titleAngle=0,
        titleAlign="left",
        titleAnchor="start",
        titleY=-8,
        titleX=0,
    )
    y = alt.Y("share:Q", axis=axis, scale=alt.Scale(domain=[0, top], clamp=True))
    colour = alt.Color("label:N", legend=None, scale=alt.Scale(domain=list(colours), range=list(colours.values())))
    base = alt.Chart(frame.assign(label=frame["code"]), height=height).encode(x=x, y=y, color=colour)
    dots = base.mark_point(size=44, opacity=1, filled=True, strokeWidth=1.5).encode(
        stroke=alt.Stroke("label:N", legend=None, scale=alt.Scale(domain=list(colours), range=list(colours.values()))),
        fill=alt.Fill(
            "label:N",
            legend=None,
            scale=alt.Scale(domain=list(colours), range=list(colours.values())),
            condition={"test": "datum.few", "value": look.background},
        ),
        tooltip=[
            alt.Tooltip("label:N", title=_("Word")),
            alt.Tooltip("period:N", title=_("Period")),
            alt.Tooltip("share_words:N", title=_("Share of all practices of the period")),
            alt.Tooltip("range_words:N", title=_("95% interval")),
        ],
    )
    enough = base.transform_filter("!datum.few").encode(detail="run:N")
    band = enough.mark_area(opacity=0.13).encode(y=alt.Y("low:Q"), y2="high:Q")
    return themed(alt.layer(*([band] if bands else []), enough.mark_line(strokeWidth=2.5), dots), look)
