"""Words through time: a line a word over periods, with the interval of few lines."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from icc_data.drawing.charts import look_config
from icc_data.drawing.palette import Look
from icc_data.drawing.plain import PlainChart, View, coloured, name, quantity, rank, where
from icc_data.i18n import translate as _

MOST_BANDS = 3


def word_lines(
    frame: pd.DataFrame, look: Look, colours: Mapping[str, str], *, periods: Sequence[str], height: int = 300
) -> Any:
    """The share of each period's practices that hold a word; periods of few practices have a hollow dot and no line.

    Args:
        frame: what ``analysis.word_shares.lines`` gives.
        look: the user's theme.
        colours: colour by word.
        periods: all from the first to the last, in words; those without a row keep their place.
        height: pixels.
    """
    bands = len(colours) <= MOST_BANDS
    solid = frame[~frame["few"]]
    highest = float((solid if len(solid) else frame)["high" if bands else "share"].max())
    top = min(1.0, max(0.1, math.ceil(highest * 10) / 10))
    axis = {
        "title": _("Share of all practices of the period"),
        "format": ".0%",
        "tickCount": 5,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "start",
        "titleY": -8,
        "titleX": 0,
    }
    across = {"labelAngle": 0, "labelOverlap": "greedy", "grid": False}
    colour = coloured("label", colours)
    place = {
        "x": rank("period", title=None, scale={"domain": [*periods]}, axis=across),
        "y": quantity("share", axis=axis, scale={"domain": [0, top], "clamp": True}),
        "color": colour,
    }
    pointed_at = {
        "stroke": colour,
        "fill": colour | {"condition": {"test": "datum.few", "value": look.background}},
        "tooltip": [
            name("label", title=_("Word")),
            name("period", title=_("Period")),
            name("share_words", title=_("Share of all practices of the period")),
            name("range_words", title=_("95% interval")),
        ],
    }
    rows, enough = frame.assign(label=frame["code"]), (where("!datum.few"),)
    apart = place | {"detail": name("run")}
    reach = apart | {"y": quantity("low"), "y2": {"field": "high"}}
    dot = {"type": "point", "size": 44, "opacity": 1, "filled": True, "strokeWidth": 1.5}
    views = [
        *([View(rows, {"type": "area", "opacity": 0.13}, reach, transform=enough)] if bands else []),
        View(rows, {"type": "line", "strokeWidth": 2.5}, apart, transform=enough),
        View(rows, dot, place | pointed_at),
    ]
    return PlainChart(views, height, look_config(look))
