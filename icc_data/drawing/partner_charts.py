"""Who carries practices together with whom, as a matrix in the look of ``charts.py``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd

from icc_data.drawing.charts import look_config
from icc_data.drawing.palette import Look
from icc_data.drawing.plain import PlainChart, Spec, View, name, quantity
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
    axis: Spec = {"title": None, "labelColor": look.text, "labelFontSize": LABEL_SIZE}
    own = "true"
    if chosen:
        bold = {"test": f"datum.value === {json.dumps(chosen)}", "value": "bold"}
        axis["labelFontWeight"] = {"condition": bold, "value": "normal"}
        own = f"datum.from === {json.dumps(chosen)} || datum.to === {json.dumps(chosen)}"
    above = {**axis, "orient": "top", "labelAngle": -45, "labelOverlap": False, "domain": False, "ticks": False}
    place = {
        "x": name("to", sort=list(order), axis=above),
        "y": name("from", sort=list(order), axis={**axis, "labelPadding": 8}),
        "opacity": {"value": 0.3, "condition": {"test": own, "value": 1.0}},
        "tooltip": [
            name("from", title=_("City")),
            name("to", title=_("Partner")),
            quantity("practices", title=_("Shared practices"), format=",d"),
            name("titles", title=_("Practices")),
        ],
    }
    most = int(frame["practices"].max())
    steps = sorted({round(1 + (most - 1) * step / (MOST_IN_LEGEND - 1)) for step in range(MOST_IN_LEGEND)})
    legend = {
        "title": _("Shared practices"), "orient": "bottom", "direction": "horizontal", "type": "symbol",
        "symbolType": "square", "symbolSize": 220, "symbolStrokeWidth": 0, "values": steps, "format": ",d",
        "labelFontSize": LABEL_SIZE,
    }  # fmt: skip
    shade = quantity("practices", scale={"range": list(look.ramp[1:]), "domain": [1, max(most, 2)]}, legend=legend)
    cell = {"type": "rect", "stroke": look.background, "strokeWidth": 1.5, "cornerRadius": 2}
    much = {"test": f"datum.practices > {1 + (most - 1) * 0.4}", "value": look.background}
    ink = {"value": look.text, "condition": much}
    views = [
        View(frame, cell, place | {"color": shade}),
        View(frame, {"type": "text", "fontSize": NUMBER_SIZE}, place | {"text": name("text"), "color": ink}),
    ]
    # Slanted labels reach beyond the last column.
    return PlainChart(views, CELL * max(len(order), 1), look_config(look, right=90))
