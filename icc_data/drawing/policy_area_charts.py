"""Charts of one thing beside the network it belongs to, in the look of ``charts``."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from icc_data.drawing.charts import YEARS, count_axis, themed, with_edges, year_axis
from icc_data.drawing.palette import Look
from icc_data.i18n import translate as _


def expected_years(frame: pd.DataFrame, look: Look, *, colour: str, brush: bool = True, height: int = 250) -> Any:
    """Bars by year, and a dashed line of how high they would be if their share were the same every year.

    Args:
        frame: ``year, practices, all_practices, expected``, every year of a span once.
        look: the user's theme.
        colour: of the bars.
        brush: let the user drag over years (selection ``years``).
        height: pixels.
    """
    x = year_axis(frame)
    axis = count_axis(_("Practices"))
    tooltip = [
        alt.Tooltip("year:Q", title=_("Year"), format="d"),
        alt.Tooltip("practices:Q", title=_("Practices"), format=",d"),
        alt.Tooltip("expected:Q", title=_("With the same share every year"), format=",.1f"),
        alt.Tooltip("all_practices:Q", title=_("All practices compared with"), format=",d"),
    ]
    frame = with_edges(frame)
    bars = (
        alt.Chart(frame, height=height)
        .mark_bar(color=colour, binSpacing=2)
        .encode(x=x, x2="next:Q", y=alt.Y("practices:Q", axis=axis), tooltip=tooltip)
    )
    if brush:
        bars = bars.add_params(
            alt.selection_interval(
                name=YEARS,
                encodings=["x"],
                mark=alt.BrushConfig(fill=look.amount, fillOpacity=0.12, stroke=look.amount),
            )
        )
    line = alt.Chart(frame).encode(x=alt.X("year:Q", title=None), y=alt.Y("expected:Q"), tooltip=tooltip)
    dashes = line.mark_line(color=look.text, strokeWidth=1.5, strokeDash=[5, 3])
    # A year without a bar can be pointed at too.
    points = line.mark_circle(color=look.text, size=14, opacity=0.9)
    return themed(bars + dashes + points, look)


def years_of_one(frame: pd.DataFrame, look: Look, first: int, last: int, *, height: int = 170) -> Any:
    """Bars by year, those of one thing's years in colour.

    Args:
        frame: ``year, practices``, one row a year.
        look: the user's theme.
        first, last: the years of the one, both included.
        height: pixels.
    """
    tooltip = [
        alt.Tooltip("year:Q", title=_("Year"), format="d"),
        alt.Tooltip("practices:Q", title=_("Practices"), format=",d"),
    ]
    within = {"test": f"datum.year >= {first} && datum.year <= {last}", "value": look.amount}
    bars = (
        alt.Chart(with_edges(frame), height=height)
        .mark_bar(binSpacing=2)
        .encode(
            x=year_axis(frame),
            x2="next:Q",
            y=alt.Y("practices:Q", axis=count_axis(_("Practices"))),
            color=alt.ColorValue(look.unknown, condition=within),
            tooltip=tooltip,
        )
    )
    return themed(bars, look)
