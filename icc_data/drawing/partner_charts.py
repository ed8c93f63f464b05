"""Who carries practices together with whom, as a matrix in the look of ``charts.py``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from icc_data.drawing.charts import themed
from icc_data.drawing.palette import Look
from icc_data.i18n import translate as _

CELL, LABEL_SIZE, NUMBER_SIZE = 26, 13, 12
# Numbers of the legend; of larger amounts every so many.
MOST_IN_LEGEND = 8


def partner_matrix(frame: pd.DataFrame, look: Look, *, order: Sequence[str], chosen: str | None = None) -> Any:
    """Each pair of cities as a cell whose shade is the number of practices that both carry.

    Args:
        frame: ``from, to, practices`` (1 or more), ``text`` (that number as written) and ``titles``, each pair in both
            directions.
        look: the user's theme.
        order: the names of the cities in their order, of rows and columns alike.
        chosen: the name of the city whose row and column stand out.
    """
    is_chosen = f"datum.value === {json.dumps(chosen)}"
    bold: Any = alt.condition(is_chosen, alt.value("bold"), alt.value("normal")) if chosen else alt.Undefined
    axis = {"title": None, "labelColor": look.text, "labelFontSize": LABEL_SIZE, "labelFontWeight": bold}
    above = alt.Axis(**axis, orient="top", labelAngle=-45, labelOverlap=False, domain=False, ticks=False)
    own = "true" if chosen is None else f"datum.from === {json.dumps(chosen)} || datum.to === {json.dumps(chosen)}"
    base = alt.Chart(frame, height=CELL * max(len(order), 1)).encode(
        x=alt.X("to:N", sort=list(order), axis=above),
        y=alt.Y("from:N", sort=list(order), axis=alt.Axis(**axis, labelPadding=8)),
        opacity=alt.OpacityValue(0.3, condition={"test": own, "value": 1.0}),
        tooltip=[
            alt.Tooltip("from:N", title=_("City")),
            alt.Tooltip("to:N", title=_("Partner")),
            alt.Tooltip("practices:Q", title=_("Shared practices"), format=",d"),
            alt.Tooltip("titles:N", title=_("Practices")),
        ],
    )
    most = int(frame["practices"].max())
    steps = sorted({round(1 + (most - 1) * step / (MOST_IN_LEGEND - 1)) for step in range(MOST_IN_LEGEND)})
    shade = alt.Color(
        "practices:Q",
        scale=alt.Scale(range=list(look.ramp[1:]), domain=[1, max(most, 2)]),
        legend=alt.Legend(
            title=_("Shared practices"), orient="bottom", direction="horizontal", type="symbol", symbolType="square",
            symbolSize=220, symbolStrokeWidth=0, values=steps, format=",d", labelFontSize=LABEL_SIZE,
        ),
    )  # fmt: skip
    cells = base.mark_rect(stroke=look.background, strokeWidth=1.5, cornerRadius=2).encode(color=shade)
    much = f"datum.practices > {1 + (most - 1) * 0.4}"
    words = base.mark_text(fontSize=NUMBER_SIZE).encode(
        text="text:N", color=alt.ColorValue(look.text, condition={"test": much, "value": look.background})
    )
    # Slanted labels reach beyond the last column.
    return themed(cells + words, look, right=90)
