"""How long practices last: steps that fall where some end, their interval, and below how many are still watched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from icc_data.drawing.charts import themed
from icc_data.drawing.palette import Look
from icc_data.i18n import translate as _

# The height of a row of numbers below the curves, as a part of the whole.
STRIP = 0.09
MOST_NUMBERS = 9
MOST_BANDS = 3


def survival_curves(frame: pd.DataFrame, look: Look, colours: Mapping[str, str], *, height: int = 340) -> Any:
    """The share of practices still running by years after their start year, a curve a group.

    Args:
        frame: what ``analysis.survival.curves`` gives.
        look: the user's theme.
        colours: colour by label, in the order of the groups.
        height: pixels, without the rows of numbers.
    """
    last = int(frame["years"].max())
    step = next(step for step in (1, 2, 5, 10, 20) if last / step < MOST_NUMBERS)
    numbers = list(range(0, last + 1, step))
    x = alt.X(
        "years:Q",
        title=[_("Years after the year of the start"), _("Numbers: practices known to have run so far")],
        scale=alt.Scale(domain=[-0.4 * max(1, last / 20), last + 0.4 * max(1, last / 20)], nice=False),
        axis=alt.Axis(format="d", values=numbers, grid=False, titlePadding=10),
    )
    axis = alt.Axis(
        title=_("Share still running"),
        format=".0%",
        values=[0, 0.2, 0.4, 0.6, 0.8, 1],
        titleAngle=0,
        titleAlign="left",
        titleAnchor="start",
        titleY=-8,
        titleX=0,
    )
    y = alt.Y("share:Q", axis=axis, scale=alt.Scale(domain=[-STRIP * len(colours), 1], nice=False))
    colour = alt.Color("label:N", legend=None, scale=alt.Scale(domain=list(colours), range=list(colours.values())))
    base = alt.Chart(frame, height=height + 22 * len(colours)).encode(x=x, y=y, color=colour)
    band = (
        base.transform_filter("isValid(datum.low)")
        .mark_area(opacity=0.14, interpolate="step-after")
        .encode(y=alt.Y("low:Q"), y2="high:Q")
    )
    line = base.mark_line(strokeWidth=2.5, interpolate="step-after")
    dots = base.mark_point(filled=True, size=30, opacity=1).encode(
        tooltip=[
            alt.Tooltip("label:N", title=_("Group")),
            alt.Tooltip("years:Q", title=_("Years after the start year"), format="d"),
            alt.Tooltip("share_words:N", title=_("Still running")),
            alt.Tooltip("range_words:N", title=_("95% interval")),
            alt.Tooltip("watched:Q", title=_("Known so far"), format=",d"),
            alt.Tooltip("ended:Q", title=_("Ended before"), format=",d"),
        ]
    )
    watched = (
        base.transform_filter(f"indexof({numbers}, datum.years) >= 0")
        .transform_calculate(below=f"-{STRIP} * (datum.place + 0.55)")
        .mark_text(fontSize=10, baseline="middle")
        .encode(y=alt.Y("below:Q"), text=alt.Text("watched:Q", format=",d"))
    )
    return themed(alt.layer(*([band] if len(colours) <= MOST_BANDS else []), line, dots, watched), look)
